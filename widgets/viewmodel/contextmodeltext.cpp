#include "widgets/viewmodel/contextmodel.h"

#include "widgets/viewmodel/contextfields.h"
#include "widgets/viewmodel/contextlist.h"
#include "widgets/viewmodel/displaytext.h"

#include <QLocale>
#include <QStringList>

#include <array>

/// What the rows of a ContextModel say.
namespace stepscope {

namespace {

QString shortest(double number)
{
    return QLocale().toString(number, 'g', QLocale::FloatingPointShortest);
}

QString valueText(const ContextField& field)
{
    return QString::fromStdString(field.value.value_or(std::string()));
}

} // namespace

ContextModel::RowState ContextModel::stateOf(const Entry& entry) const
{
    if (entry.isThreshold) {
        VerdictThresholds standard;
        return threshold(entry) == *thresholdOf(standard, entry.key) ? RowState::Standard : RowState::Typed;
    }
    const ContextField& shown = field(entry);
    switch (shown.source) {
    case ContextSource::User:
        return RowState::Typed;
    case ContextSource::Hint:
        return RowState::Hint;
    case ContextSource::Unknown:
        return shown.isRequired ? RowState::Missing : RowState::Unknown;
    default:
        return RowState::Filled;
    }
}

QString ContextModel::text(const Entry& entry, int column) const
{
    switch (column) {
    case Name:
        return entry.isThreshold ? contextfields::thresholdName(entry.key) : contextfields::name(entry.key);
    case Value:
        return entry.isThreshold ? shortest(threshold(entry)) : valueText(field(entry));
    case Source:
        return sourceText(entry);
    case Note:
        return note(entry);
    default:
        return {};
    }
}

QString ContextModel::sourceText(const Entry& entry) const
{
    if (!entry.isThreshold)
        return contextfields::source(field(entry).source);
    return stateOf(entry) == RowState::Typed ? tr("changed") : tr("default");
}

QString ContextModel::note(const Entry& entry) const
{
    if (const auto refused = m_refused.find(entry.key); refused != m_refused.end())
        return refused->second;
    if (!entry.isThreshold)
        return fieldNote(field(entry));
    VerdictThresholds standard;
    return stateOf(entry) == RowState::Typed
               ? tr("default %1").arg(shortest(*thresholdOf(standard, entry.key)))
               : QString();
}

QString ContextModel::fieldNote(const ContextField& field) const
{
    if (const ContextClaim* const other = field.contradiction())
        return tr("%1 %2").arg(QString::fromStdString(other->value), contextfields::source(other->source));
    if (field.key == std::string_view("ceiling_key") && field.isFilled()) {
        const Ceiling* const ceiling = m_ceilings.find(*field.value);
        return ceiling ? tr("%1 %2, %3")
                             .arg(QLocale().toString(ceiling->value, 'g', QLocale::FloatingPointShortest),
                                  QString::fromStdString(ceiling->unit),
                                  QString::fromStdString(ceiling->quantity))
                       : tr("not in the table of ceilings");
    }
    if (field.source == ContextSource::Hint)
        return field.isRequired ? tr("required: to be confirmed") : QString();
    if (field.isRequired && !field.isFilled())
        return tr("required");
    if (field.source == ContextSource::User && !field.others.empty())
        return tr("%1 %2").arg(QString::fromStdString(field.others.back().value),
                               contextfields::source(field.others.back().source));
    return {};
}

bool ContextModel::isWarning(const Entry& entry) const
{
    if (m_refused.contains(entry.key))
        return true;
    if (entry.isThreshold)
        return false;
    const ContextField& shown = field(entry);
    return shown.contradiction() != nullptr || (shown.isRequired && !shown.isFilled());
}

QString ContextModel::toolTip(const Entry& entry) const
{
    QStringList lines;
    if (entry.isThreshold) {
        lines += contextfields::thresholdHelp(entry.key);
        return displaytext::toolTip(lines.join(QLatin1Char('\n')));
    }
    const ContextField& shown = field(entry);
    lines += contextfields::help(entry.key);
    if (shown.value)
        lines += tr("%1 (%2)").arg(valueText(shown), contextfields::source(shown.source));
    for (const ContextClaim& other : shown.others)
        lines += tr("%1 (%2)").arg(QString::fromStdString(other.value), contextfields::source(other.source));
    if (!isStatable(entry.key))
        lines += tr("Measured, so it cannot be typed here.");
    if (const Ceiling* const ceiling =
            entry.key == "ceiling_key" && shown.value ? m_ceilings.find(*shown.value) : nullptr)
        lines += QString::fromStdString(ceiling->source);
    return displaytext::toolTip(lines.join(QLatin1Char('\n')));
}

/// Ceilings of the hardware at hand first.
QStringList ContextModel::usualValues(const Entry& entry) const
{
    if (entry.isThreshold || entry.key != "ceiling_key")
        return entry.isThreshold ? QStringList() : contextfields::usualValues(entry.key);
    QStringList keys;
    for (const Ceiling* const ceiling : m_ceilings.of(m_context.find("hardware")->value.value_or("")))
        keys += QString::fromStdString(ceiling->key);
    for (const Ceiling& ceiling : m_ceilings.rows()) {
        if (const QString key = QString::fromStdString(ceiling.key); !keys.contains(key))
            keys += key;
    }
    return keys;
}

QVariant ContextModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCountValue)
        return {};
    struct Header {
        QString title;
        QString help;
    };
    const std::array<Header, columnCountValue> headers = {{
        {tr("field"), tr("What has to be known so that a number can be compared with another.")},
        {tr("value"), tr("Type here. An empty value leaves the field to what the other sources say.")},
        {tr("source"),
         tr("Where the value comes from. What is typed goes before the trace, the trace before the server's "
            "command, the command before the driver's record.")},
        {tr("note"), tr("What is still required, and what another source says otherwise.")},
    }};
    const Header& header = headers[static_cast<std::size_t>(section)];
    switch (role) {
    case Qt::DisplayRole:
        return header.title;
    case Qt::ToolTipRole:
        return displaytext::toolTip(header.help);
    case Qt::WhatsThisRole:
        return header.help;
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

} // namespace stepscope
