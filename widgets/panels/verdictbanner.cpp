#include "widgets/panels/verdictbanner.h"

#include "widgets/panels/badge.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace stepscope {

namespace {

constexpr int sentenceGap = 3;

} // namespace

VerdictBanner::VerdictBanner(QWidget* parent)
    : QWidget(parent), m_badge(new Badge(Badge::Style::Filled, this)),
      m_headline(new ThemedLabel(Colour::Text, this)), m_details(new ThemedLabel(Colour::DimText, this)),
      m_trust(new Badge(Badge::Style::Outlined, this)), m_tool(new ThemedLabel(Colour::DimText, this))
{
    setAccessibleName(tr("Verdict"));
    m_headline->setScale(1.18, true);
    m_headline->setWordWrap(true);
    m_details->setWordWrap(true);
    for (ThemedLabel* const label : {m_headline, m_details})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_tool->setAlignment(Qt::AlignRight | Qt::AlignTop);
    m_tool->setWordWrap(true);

    auto* const sentences = new QVBoxLayout;
    sentences->setSpacing(sentenceGap);
    sentences->addStretch();
    sentences->addWidget(m_headline);
    sentences->addWidget(m_details);
    sentences->addStretch();
    auto* const trust = new QVBoxLayout;
    trust->setSpacing(4);
    trust->addStretch();
    trust->addWidget(m_trust, 0, Qt::AlignRight);
    trust->addWidget(m_tool);
    trust->addStretch();
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(18, 10, 14, 10);
    layout->setSpacing(18);
    layout->addWidget(m_badge, 0, Qt::AlignVCenter);
    layout->addLayout(sentences, 5);
    layout->addLayout(trust, 2);
}

int VerdictBanner::usualHeight() const
{
    const QMargins margins = layout()->contentsMargins();
    return margins.top() + margins.bottom() + m_headline->fontMetrics().height() + sentenceGap +
           2 * m_details->fontMetrics().height();
}

void VerdictBanner::setAssessment(const std::shared_ptr<const TraceIndex>& index,
                                  const std::shared_ptr<const Assessment>& assessment, bool isWindowHeld)
{
    m_snapshot = assessment ? assessment->snapshot : 0;
    m_content = BannerContent();
    if (index && assessment) {
        const Verdict& verdict = assessment->referenceVerdict();
        m_shown = isWindowHeld ? heldClass(m_shown, verdict.verdict, verdict.shares, verdict.thresholds)
                               : verdict.verdict;
        m_content = bannerContent(*index, *assessment, m_shown);
    }
    m_badge->setContent(m_content.badge, toneColour(m_content.tone));
    m_headline->setText(m_content.headline);
    const QString details = m_content.details.join(QStringLiteral(" · "));
    m_details->setText(details);
    m_details->setVisible(!details.isEmpty());
    m_trust->setContent(m_content.trust, m_content.isTrusted ? Colour::Pass : Colour::Warn);
    m_trust->setToolTip(displaytext::toolTip(m_content.trustMeaning));
    m_tool->setText(m_content.tool);
    setAccessibleDescription(m_content.headline);
    update();
}

Colour VerdictBanner::toneColour(VerdictTone tone)
{
    switch (tone) {
    case VerdictTone::Host:
        return Colour::HostBound;
    case VerdictTone::Comm:
        return Colour::CommBound;
    case VerdictTone::Kernel:
        return Colour::KernelBound;
    case VerdictTone::Device:
    case VerdictTone::Neutral:
    case VerdictTone::Withheld:
        break;
    }
    return Colour::NeutralVerdict;
}

void VerdictBanner::paintEvent(QPaintEvent*)
{
    // A breath of the verdict's colour that fades out before the trust badge.
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    QPainter painter(this);
    painter.fillRect(rect(), colours[Colour::Panel]);
    QColor tint = colours[toneColour(m_content.tone)];
    QLinearGradient fade(0, 0, width(), 0);
    tint.setAlphaF(colours.isDark() ? 0.20F : 0.16F);
    fade.setColorAt(0, tint);
    tint.setAlphaF(0.0F);
    fade.setColorAt(0.65, tint);
    painter.fillRect(rect(), fade);
    painter.fillRect(0, height() - 1, width(), 1, colours[Colour::Separator]);
}

} // namespace stepscope
