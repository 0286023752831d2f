#include "widgets/viewmodel/bannercontent.h"

#include "core/report/gatetext.h"
#include "core/report/reconciletext.h"
#include "core/report/verdicttext.h"
#include "widgets/viewmodel/displaytext.h"

#include <QCoreApplication>

#include <algorithm>

namespace stepscope {

namespace {

struct BannerText {
    Q_DECLARE_TR_FUNCTIONS(VerdictBanner)
};

/// The gates beside the one that the headline names, with the evidence that made each fail.
QStringList furtherFailures(const Verdict& verdict, const std::vector<GateResult>& gates)
{
    QStringList lines;
    for (const GateResult& gate : gates) {
        const auto place = std::find(verdict.withheldBy.begin(), verdict.withheldBy.end(), gate.gate);
        const Evidence* const reason = decidingEvidence(gate);
        if (place == verdict.withheldBy.end() || place == verdict.withheldBy.begin() || !reason)
            continue;
        lines +=
            BannerText::tr("gate %1 (%2) fails too: %3")
                .arg(QString::number(static_cast<int>(gate.gate)), displaytext::core(gateTitle(gate.gate)),
                     displaytext::sentence(evidenceSentence(*reason)));
    }
    return lines;
}

/// What else stands against a verdict, and what the shares alone would say.
QStringList withheldDetails(const Assessment& assessment)
{
    const Verdict& verdict = assessment.referenceVerdict();
    QStringList lines = furtherFailures(verdict, assessment.referenceGates());
    if (assessment.referenceWindow().budget.steps > 0)
        lines += BannerText::tr("without that it would read %1")
                     .arg(displaytext::core(verdictWord(verdict.wouldBe)));
    return lines;
}

/// "GPU 3 differs: comm-bound", or nothing.
QString otherDevices(const TraceIndex& index, const Assessment& assessment)
{
    QStringList differing;
    for (const Sentence& device : differingDevices(assessment, index))
        differing += displaytext::sentence(device);
    constexpr qsizetype shown = 3;
    if (differing.size() > shown) {
        const qsizetype more = differing.size() - shown;
        differing = differing.mid(0, shown);
        differing += BannerText::tr("and %1 more").arg(more);
    }
    return differing.join(QStringLiteral(" · "));
}

QString toolLine(const TraceIndex& index, DeviceId device)
{
    const DeviceOccupancy& occupancy = index.device(device).occupancy;
    QString graphs = BannerText::tr("no graph replays");
    if (occupancy.isGraphLevel())
        graphs = BannerText::tr("graph replays as one span each");
    else if (!occupancy.replays().empty())
        graphs = BannerText::tr("kernels inside graphs resolved");
    const QString tool = QString::fromStdString(index.trace().capture().tool);
    return tool.isEmpty() ? graphs : tool + QLatin1Char('\n') + graphs;
}

} // namespace

BannerContent bannerContent(const TraceIndex& index, const Assessment& assessment)
{
    return bannerContent(index, assessment, assessment.referenceVerdict().verdict);
}

BannerContent bannerContent(const TraceIndex& index, const Assessment& assessment, VerdictClass shown)
{
    const Verdict& verdict = assessment.referenceVerdict();
    BannerContent content;
    content.badge = displaytext::core(verdictWord(shown)).toUpper();
    content.tone = verdictTone(shown);
    content.headline = displaytext::sentence(verdictSentence(assessment, index, shown));
    if (verdict.verdict == VerdictClass::Withheld)
        content.details = withheldDetails(assessment);
    else if (const QString margin = displaytext::sentence(marginSentence(assessment)); !margin.isEmpty())
        content.details += margin;
    if (verdict.verdict != VerdictClass::Withheld && verdict.verdict != VerdictClass::NeedsLowOverhead &&
        verdict.verdict != VerdictClass::OwnerUnknown) {
        if (const QString robust = displaytext::sentence(robustSentence(verdict)); !robust.isEmpty())
            content.details += robust;
    }
    for (const Sentence& override : overrideSentences(assessment))
        content.details += displaytext::sentence(override);
    if (const QString others = otherDevices(index, assessment); !others.isEmpty())
        content.details += others;
    const TrustLevel trust = trustOf(index, assessment.reference);
    content.trust = displaytext::core(trustWord(trust));
    content.trustMeaning = displaytext::core(trustMeaning(trust));
    content.isTrusted = trust == TrustLevel::AbsoluteBusy;
    content.tool = toolLine(index, assessment.reference);
    return content;
}

VerdictTone verdictTone(VerdictClass verdict)
{
    switch (verdict) {
    case VerdictClass::Withheld:
        return VerdictTone::Withheld;
    case VerdictClass::HostBound:
    case VerdictClass::MixedLeaningHost:
        return VerdictTone::Host;
    case VerdictClass::CommBound:
    case VerdictClass::MixedLeaningComm:
        return VerdictTone::Comm;
    case VerdictClass::KernelBound:
    case VerdictClass::MixedLeaningKernel:
        return VerdictTone::Kernel;
    case VerdictClass::DependencyBound:
        return VerdictTone::Device;
    case VerdictClass::OwnerUnknown:
    case VerdictClass::NeedsLowOverhead:
    case VerdictClass::Balanced:
        break;
    }
    return VerdictTone::Neutral;
}

} // namespace stepscope
