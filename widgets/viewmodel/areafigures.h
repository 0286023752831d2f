#pragma once

#include "widgets/viewmodel/arearef.h"
#include "widgets/viewmodel/latestjob.h"

#include <QObject>

#include <memory>

namespace stepscope {

class AreaSelection;
class TraceDocument;

/// The numbers of one area.
struct AreaNumbers {
    std::shared_ptr<const TraceIndex> index;
    AreaRef area;
    AreaStatistics statistics; ///< its lanes are those of the area that show spans, in order

    bool isNone() const { return index == nullptr; }
};

/// The numbers of the selected area. They are made off the GUI thread; until those of another area are there,
/// the last ones stay. GUI thread only.
class AreaFigures : public QObject {
    Q_OBJECT

public:
    /// Both must outlive it, or be no longer used.
    AreaFigures(const TraceDocument& document, const AreaSelection& areas, QObject* parent = nullptr);

    /// None before the first ones and while no area is selected.
    const AreaNumbers& numbers() const { return m_numbers; }
    /// Whether those of the selected area are still to come.
    bool isUpdating() const { return m_job.isBusy(); }
    /// Returns when they are there. For tests.
    void waitForFinished() { m_job.waitForFinished(); }

signals:
    void changed();

private:
    void request(const AreaRef& area);
    void show(const AreaNumbers& numbers);

    const TraceDocument& m_document;
    AreaNumbers m_numbers;
    LatestJob<AreaNumbers> m_job;
};

} // namespace stepscope
