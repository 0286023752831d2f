#include "widgets/viewmodel/servercommandtext.h"

#include "widgets/viewmodel/contextfields.h"
#include "widgets/viewmodel/displaytext.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace stepscope {

namespace {

struct CommandText {
    Q_DECLARE_TR_FUNCTIONS(ServerCommand)
};

bool commandSays(const ServerCommand& command, std::string_view key)
{
    return (key == "speculative_tokens" && command.speculativeTokens) ||
           std::any_of(command.values.begin(), command.values.end(),
                       [key](const ContextValue& value) { return value.key == key; });
}

} // namespace

QString commandFillsText(const ServerCommand& command, const MeasurementContext& context)
{
    QStringList filled;
    for (const ContextField& field : context.fields()) {
        if (field.source == ContextSource::Server && commandSays(command, field.key))
            filled += contextfields::name(field.key);
    }
    if (filled.isEmpty())
        return CommandText::tr("It says nothing that was not known.");
    return displaytext::counted(static_cast<std::uint64_t>(filled.size()),
                                CommandText::tr("It fills 1 field: %1"),
                                CommandText::tr("It fills %1 fields: %2"))
        .arg(filled.join(QStringLiteral(", ")));
}

QString commandIgnoredText(const ServerCommand& command)
{
    QStringList names;
    for (const std::string& name : command.ignored)
        names += QString::fromStdString(name);
    return names.isEmpty() ? QString()
                           : CommandText::tr("Left out, without a field or a known value: %1")
                                 .arg(names.join(QStringLiteral(", ")));
}

} // namespace stepscope
