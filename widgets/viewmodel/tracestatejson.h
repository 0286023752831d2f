#pragma once

#include "widgets/viewmodel/tracestate.h"

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace stepscope::tracestatejson {

/// The version of the format that is written; files of a later one are not read.
inline constexpr int version = 1;

/// The object in `text`. Nothing when it is no JSON object of this version, or holds a value that cannot be:
/// then `why` says in words what is wrong.
std::optional<QJsonObject> parse(const QByteArray& text, QString& why);
/// What parse() reads as `object`.
QByteArray textOf(const QJsonObject& object);
/// The state in an object that parse() accepted.
TraceState stateIn(const QJsonObject& object);
/// Puts `fields` of `state` into `object`: absent ones are taken out, members of others stay as they are.
void put(QJsonObject& object, TraceState::Fields fields, const TraceState& state);

} // namespace stepscope::tracestatejson
