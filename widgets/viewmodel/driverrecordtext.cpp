#include "widgets/viewmodel/driverrecordtext.h"

#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/spantext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace stepscope {

namespace {

struct DriverText {
    Q_DECLARE_TR_FUNCTIONS(DriverText)
};

QString milliseconds(double number)
{
    return QLocale().toString(number, 'f', 2);
}

} // namespace

QString driverRecordText(const DriverRecord& record)
{
    const DriverRound& round = record.chosen();
    QStringList parts{spantext::text(record.name)};
    if (const std::optional<double> tpot = tpotOf(round))
        parts += DriverText::tr("TPOT %1 ms").arg(milliseconds(*tpot));
    else if (round.itlMilliseconds)
        parts += DriverText::tr("step %1 ms, no TPOT").arg(milliseconds(*round.itlMilliseconds));
    else
        parts += DriverText::tr("no TPOT");
    if (round.tokensPerStep)
        parts += DriverText::tr("%1 tokens/step").arg(milliseconds(*round.tokensPerStep));
    if (round.concurrency)
        parts += displaytext::counted(static_cast<std::uint64_t>(*round.concurrency),
                                      DriverText::tr("1 request at a time"),
                                      DriverText::tr("%1 requests at a time"));
    if (record.failures() > 0)
        parts += DriverText::tr("%1 failed").arg(displaytext::count(record.failures()));
    return parts.join(QStringLiteral(" · "));
}

QString driverRecordDetails(const DriverRecord& record)
{
    const DriverRound& round = record.chosen();
    QStringList lines;
    if (record.rounds.size() > 1)
        lines += DriverText::tr("%1 rounds: the last one without a failure counts.")
                     .arg(displaytext::count(record.rounds.size()));
    if (!round.tpotMilliseconds && round.tpotWithPrefillMilliseconds) {
        lines += DriverText::tr("The TPOT holds the time to the first token (TTFT).");
        if (round.outputTokens && *round.outputTokens >= 1.0)
            lines +=
                DriverText::tr("It is too long by (TTFT − TPOT) ÷ %1: by %2 ms for a TTFT of 100 ms.")
                    .arg(QLocale().toString(*round.outputTokens, 'f', 0),
                         milliseconds((100.0 - *round.tpotWithPrefillMilliseconds) / *round.outputTokens));
    }
    if (!tpotOf(round) && round.itlMilliseconds)
        lines += DriverText::tr("The time between two chunks of an answer is a step, which may yield several "
                                "tokens: type the TPOT.");
    for (const DriverRound& failed : record.rounds) {
        if (failed.firstFailure.empty())
            continue;
        lines += DriverText::tr("First failure: %1").arg(spantext::text(failed.firstFailure));
        break;
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace stepscope
