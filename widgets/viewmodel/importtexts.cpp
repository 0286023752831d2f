#include "widgets/viewmodel/importtexts.h"

#include "core/report/importtext.h"
#include "widgets/viewmodel/displaytext.h"

#include <QStringList>

namespace stepscope {

namespace {

QStringList entriesOf(const ImportLog& log, ImportSeverity severity)
{
    QStringList lines;
    for (const ImportEntry& entry : log.entries()) {
        if (severityOf(entry.code) == severity)
            lines += displaytext::sentence(importSentence(entry));
    }
    return lines;
}

} // namespace

QString importText(const ImportLog& log)
{
    QStringList lines = entriesOf(log, ImportSeverity::Error);
    lines += entriesOf(log, ImportSeverity::DataLoss);
    lines += entriesOf(log, ImportSeverity::Info);
    return lines.join(QLatin1Char('\n'));
}

QString damageText(const ImportLog& log)
{
    return entriesOf(log, ImportSeverity::Error).join(QLatin1Char('\n'));
}

} // namespace stepscope
