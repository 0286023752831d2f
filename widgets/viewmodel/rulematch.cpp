#include "widgets/viewmodel/rulematch.h"

#include <QRegularExpression>
#include <QStringList>

namespace stepscope {

namespace {

/// Cut at each `|` that stands outside groups and character classes.
QStringList alternatives(const QString& pattern)
{
    QStringList parts;
    int depth = 0;
    bool isInClass = false;
    qsizetype begin = 0;
    for (qsizetype at = 0; at < pattern.size(); ++at) {
        const QChar c = pattern[at];
        if (c == QLatin1Char('\\'))
            ++at;
        else if (isInClass)
            isInClass = c != QLatin1Char(']');
        else if (c == QLatin1Char('['))
            isInClass = true;
        else if (c == QLatin1Char('('))
            ++depth;
        else if (c == QLatin1Char(')'))
            --depth;
        else if (c == QLatin1Char('|') && depth == 0) {
            parts += pattern.mid(begin, at - begin);
            begin = at + 1;
        }
    }
    return parts << pattern.mid(begin);
}

} // namespace

QString matchedAlternative(const QString& pattern, const QString& name)
{
    for (const QString& part : alternatives(pattern)) {
        const QRegularExpression expression(part, QRegularExpression::CaseInsensitiveOption);
        if (expression.isValid() && expression.match(name).hasMatch())
            return part;
    }
    return pattern;
}

} // namespace stepscope
