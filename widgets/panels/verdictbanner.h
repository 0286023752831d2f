#pragma once

#include "core/gates/assessment.h"
#include "widgets/theme/tracepalette.h"
#include "widgets/viewmodel/bannercontent.h"

#include <QWidget>

#include <memory>

namespace stepscope {

class Badge;
class ThemedLabel;

/// The answer on top of the window: the class of the reference device, one sentence with its numbers, how
/// near the class is to flipping or which gate withholds it, and how far the trace can be trusted.
class VerdictBanner : public QWidget {
    Q_OBJECT

public:
    explicit VerdictBanner(QWidget* parent = nullptr);

    /// While the window is dragged (`isWindowHeld`), the class shown stays until its share has moved five
    /// points past its line: a banner that flickers cannot be read.
    void setAssessment(const std::shared_ptr<const TraceIndex>& index,
                       const std::shared_ptr<const Assessment>& assessment, bool isWindowHeld = false);
    std::uint64_t shownSnapshot() const { return m_snapshot; }
    const BannerContent& shownContent() const { return m_content; }
    /// With a headline of one line and details of two.
    int usualHeight() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    static Colour toneColour(VerdictTone tone);

    Badge* m_badge;
    ThemedLabel* m_headline;
    ThemedLabel* m_details;
    Badge* m_trust;
    ThemedLabel* m_tool;
    BannerContent m_content;
    VerdictClass m_shown = VerdictClass::Withheld;
    std::uint64_t m_snapshot = 0;
};

} // namespace stepscope
