#include "tests/fuzz/fuzztarget.h"
#include "widgets/viewmodel/tracestatejson.h"

using namespace stepscope;
using test::require;

/// What is kept of a trace in a file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray text =
        QByteArray::fromRawData(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    QString why;
    const std::optional<QJsonObject> object = tracestatejson::parse(text, why);
    require(object.has_value() == why.isEmpty(), "what cannot be read is told");
    if (!object)
        return 0;
    const TraceState state = tracestatejson::stateIn(*object);
    require(!state.window || !state.window->isEmpty(), "a window is not empty");
    require(!state.view || !state.view->isEmpty(), "a view is not empty");

    constexpr TraceState::Fields all(TraceState::everyField);
    for (QJsonObject written : {QJsonObject(), *object}) {
        tracestatejson::put(written, all, state);
        const std::optional<QJsonObject> again = tracestatejson::parse(tracestatejson::textOf(written), why);
        require(again.has_value(), "what was written can be read");
        require(tracestatejson::stateIn(*again) == state, "what was written is read as it was");
    }
    return 0;
}
