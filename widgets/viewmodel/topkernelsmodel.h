#pragma once

#include "core/analysis/kernelindex.h"
#include "core/gates/assessment.h"
#include "widgets/viewmodel/latestjob.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <memory>
#include <span>
#include <vector>

class QMimeData;

namespace stepscope {

/// What ran in the clean steps of the window on the reference device, by name: how often and how long per
/// step. The table changes with all other panels, once the device's operations are sorted by name: of a large
/// device that happens in the background, while the last result stays and isUpdating() says so.
class TopKernelsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Class, PerStep, TimePerStep, Share, InGraph, columnCountValue };
    enum Role {
        /// For sorting. Text for Name and Class; double: operations and ns per step, a share of 1 for Share
        /// and InGraph. Without steps, the sums of the window.
        RawValueRole = Qt::UserRole,
        WholeNameRole, ///< the name as the file spells it
        TotalRole,     ///< qlonglong: ns over all steps
        CountRole,     ///< qulonglong: operations in all steps
    };

    /// What is not done in the background: the operations of a device to sort, the names to sum.
    struct AtOnce {
        std::size_t operations = 20'000;
        std::size_t names = 2'000;
    };

    explicit TopKernelsModel(QObject* parent = nullptr);

    /// Null for nothing open.
    void setAssessment(std::shared_ptr<const TraceIndex> index, std::shared_ptr<const Assessment> assessment);
    /// The snapshot whose numbers the table shows; 0 for none. Behind the latest one while isUpdating().
    std::uint64_t shownSnapshot() const { return m_shown.assessment ? m_shown.assessment->snapshot : 0; }
    bool isUpdating() const { return m_job.isBusy(); }
    /// Blocks until the table shows the latest snapshot. For reports and tests.
    void waitForFinished() { m_job.waitForFinished(); }
    /// Changes the limits for tests.
    void setMostAtOnce(AtOnce most) { m_mostAtOnce = most; }

    /// What the table shows, its rows in another order; null when nothing is open. Steps 0: the sums are
    /// those of the window.
    const KernelSummary* summary() const { return m_shown.summary.get(); }
    DeviceId shownDevice() const;
    TimeRange shownWindow() const;
    NameId nameAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    QStringList mimeTypes() const override;
    /// The rows of `indexes` in their order as a table, see tableOf().
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
    /// Rows as tab-separated text and as HTML, both with their context and units, numbers in the C locale.
    /// The caller owns the result.
    QMimeData* tableOf(std::span<const int> rows) const;

signals:
    /// isUpdating() or the snapshot shown are other ones.
    void updated();

private:
    struct Shown {
        std::shared_ptr<const TraceIndex> index;
        std::shared_ptr<const Assessment> assessment;
        std::shared_ptr<const KernelIndex> kernels; ///< of the assessment's reference device
        std::shared_ptr<const KernelSummary> summary;
        std::vector<std::size_t> order = {}; ///< summary's rows as the table has them, whatever their times

        std::size_t size() const { return order.size(); }
        const KernelRow& row(std::size_t place) const { return summary->rows[order[place]]; }
        DeviceId device() const { return assessment ? assessment->reference : DeviceId(); }
        bool complete(Progress& progress);
    };

    void show(const Shown& shown);
    bool hasSameNames(const Shown& other) const;
    double raw(const KernelRow& row, int column) const;
    QString text(const KernelRow& row, int column) const;
    QString toolTip(const KernelRow& row) const;
    QString wholeName(const KernelRow& row) const;

    LatestJob<Shown> m_job;
    Shown m_shown;
    AtOnce m_mostAtOnce;
};

} // namespace stepscope
