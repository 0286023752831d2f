#pragma once

#include "core/gates/assessment.h"

#include <QWidget>

#include <array>
#include <memory>

namespace stepscope {

class ThemedLabel;

/// The statistics of the step cadence in the window: small captions over their numbers.
class CadenceSummary : public QWidget {
    Q_OBJECT

public:
    explicit CadenceSummary(QWidget* parent = nullptr);

    void setAssessment(const std::shared_ptr<const Assessment>& assessment);
    std::uint64_t shownSnapshot() const { return m_snapshot; }
    const CadenceStatistics& shownStatistics() const { return m_shown; }

private:
    static constexpr std::size_t figures = 8;

    std::array<ThemedLabel*, figures> m_values{};
    CadenceStatistics m_shown;
    std::uint64_t m_snapshot = 0;
};

} // namespace stepscope
