#include "widgets/viewmodel/reconcilecontent.h"

#include "core/report/gatetext.h"
#include "core/report/reconciletext.h"
#include "widgets/viewmodel/displaytext.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace stepscope {

namespace {

struct ReconcileText {
    Q_DECLARE_TR_FUNCTIONS(ReconcilePanel)
};

const QString dash = QStringLiteral("—");

QString number(const std::optional<double>& value)
{
    return value ? QLocale().toString(*value, 'f', 2) : dash;
}

QString millisecondsText(const std::optional<double>& value)
{
    return value ? ReconcileText::tr("%1 ms").arg(QLocale().toString(*value, 'f', 2)) : dash;
}

QString signedPercent(double share)
{
    const QString text = QLocale().toString(std::abs(share) * 100.0, 'f', 1);
    const QString sign = share < 0.0 ? QStringLiteral("−") : QStringLiteral("+");
    return ReconcileText::tr("%1 %").arg(sign + text);
}

/// The sentence of a row of gate 3; empty when the gate has no such row.
QString rowSentence(const Assessment& assessment, EvidenceCode code)
{
    for (const GateResult& gate : assessment.referenceGates()) {
        for (const Evidence& row : gate.evidence) {
            if (row.code == code)
                return displaytext::sentence(evidenceSentence(row));
        }
    }
    return {};
}

std::optional<double> metricTokens(const DriverNumbers& driver)
{
    for (const RoundNumbers* const round : {&driver.profiled, &driver.clean}) {
        if (round->record && round->record->chosen().tokensPerStep)
            return round->record->chosen().tokensPerStep;
    }
    return std::nullopt;
}

/// Whether a value lies where a step can be, in words.
QString withinText(const std::optional<double>& value, const Reconciliation& numbers, double slack)
{
    if (!value || !numbers.scheduledTokens)
        return {};
    if (*numbers.scheduledTokens == 1.0)
        return std::abs(*value - 1.0) <= slack ? QString() : ReconcileText::tr("no drafts are scheduled");
    const QString most = QLocale().toString(*numbers.scheduledTokens, 'g', 3);
    const bool isWithin = *value >= 1.0 - slack && *value <= *numbers.scheduledTokens * (1.0 + slack);
    return isWithin ? ReconcileText::tr("within 1 to %1").arg(most)
                    : ReconcileText::tr("not within 1 to %1").arg(most);
}

std::vector<TokensLine> tokensLines(const Assessment& assessment)
{
    const Reconciliation& numbers = assessment.referenceReconciliation();
    const DriverNumbers& driver = assessment.input.driver;
    const std::optional<double> chunk =
        driver.profiled.chunkTokens() ? driver.profiled.chunkTokens() : driver.clean.chunkTokens();
    const std::optional<double> metric = metricTokens(driver);
    constexpr double slack = 0.02;         // definitions.md §6
    constexpr double inferredSlack = 0.15; // it holds the profiler's slowdown
    std::vector<TokensLine> lines;
    const auto add = [&](TokensSource source, const QString& how, const std::optional<double>& value,
                         const QString& remark) {
        const bool isUsed = numbers.tokensSource == source;
        lines.push_back({displaytext::core(tokensSourceWord(source)), how, number(value),
                         isUsed ? ReconcileText::tr("used") : remark, isUsed});
    };
    if (numbers.tokensSource == TokensSource::User)
        add(TokensSource::User, ReconcileText::tr("what you entered"), numbers.tokens, {});
    add(TokensSource::Metric, ReconcileText::tr("1 + accepted ÷ drafts"), metric,
        withinText(metric, numbers, slack));
    add(TokensSource::Scheduled, ReconcileText::tr("scheduled, an upper bound"), numbers.scheduledTokens,
        numbers.scheduledTokens ? ReconcileText::tr("1 + drafts")
                                : ReconcileText::tr("no annotation names it"));
    add(TokensSource::Driver, ReconcileText::tr("mean ITL ÷ mean TPOT"), chunk,
        withinText(chunk, numbers, slack));
    lines.push_back({ReconcileText::tr("inferred"), ReconcileText::tr("cadence ÷ TPOT, with the slowdown"),
                     number(numbers.inferredTokens),
                     withinText(numbers.inferredTokens, numbers, inferredSlack), false});
    return lines;
}

} // namespace

ReconcileContent reconcileContent(const Assessment& assessment)
{
    const Reconciliation& numbers = assessment.referenceReconciliation();
    const DriverNumbers& driver = assessment.input.driver;
    const Verdict& verdict = assessment.referenceVerdict();
    ReconcileContent content;
    const bool hasSteps = numbers.cadence > 0.0;
    content.cadenceLabel = displaytext::counted(assessment.referenceWindow().cadence.count,
                                                ReconcileText::tr("cadence of 1 step"),
                                                ReconcileText::tr("cadence, mean of %1 steps"));
    content.cadence = millisecondsText(hasSteps ? std::optional(numbers.cadence) : std::nullopt);
    content.tokens = number(numbers.tokens);
    content.predicted = millisecondsText(
        hasSteps && numbers.tokens ? std::optional(numbers.cadence / *numbers.tokens) : std::nullopt);
    content.tpotLabel = driver.profiled.tpot() ? ReconcileText::tr("TPOT, captured round")
                                               : ReconcileText::tr("TPOT, clean round");
    content.tpot = millisecondsText(driver.profiled.tpot() ? driver.profiled.tpot() : driver.clean.tpot());
    content.error = numbers.captureError;
    content.errorText = numbers.captureError ? signedPercent(*numbers.captureError) : QString();
    content.captureState = numbers.captureState;
    content.captureSentence = rowSentence(assessment, EvidenceCode::TpotError);
    content.tokensLines = tokensLines(assessment);

    content.slowdown = number(numbers.slowdown);
    content.serverState = numbers.serverState;
    content.serverSentence = rowSentence(assessment, EvidenceCode::Slowdown);
    content.hostShare = verdict.shares.host;
    content.hostInterval = verdict.robust;
    content.intervalSentence = displaytext::sentence(robustSentence(verdict));
    content.betweenStepsSentence = displaytext::sentence(robustBetweenStepsSentence(verdict));
    content.assumption = displaytext::core(robustAssumption());
    return content;
}

} // namespace stepscope
