#pragma once

#include "core/gates/measurementcontext.h"

#include <QString>
#include <QStringList>

#include <string_view>

/// How the fields of the measurement context are called, and what they mean.
namespace stepscope::contextfields {

/// "kv-cache dtype"; the key where a field has no name of its own.
QString name(std::string_view key);
/// One or two sentences: what the field is, an example, where it is found.
QString help(std::string_view key);
/// The usual values of a field that has few.
QStringList usualValues(std::string_view key);

/// "Parallelism"
QString groupName(ContextGroup group);
/// "from the trace", "typed", "likely, not confirmed".
QString source(ContextSource source);

/// "host-bound from"
QString thresholdName(std::string_view name);
QString thresholdHelp(std::string_view name);

} // namespace stepscope::contextfields
