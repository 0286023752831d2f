#include "core/import/kinetosax.h"

#include "core/import/jsoncleaner.h"
#include "core/import/kinetocollector.h"
#include "core/import/kinetometadata.h"

#include <limits>

namespace stepscope {

namespace {

constexpr int deepestNesting = 64; // platform.md §5.1; kineto needs 6
constexpr std::size_t mostTopKeys = 1000;

} // namespace

KinetoSax::KinetoSax(JsonCleaner& text, KinetoCollector& collector, KinetoMetadata& metadata)
    : m_text(text), m_collector(collector), m_metadata(metadata)
{}

void KinetoSax::restart()
{
    m_where = Where::Metadata;
    m_depth = 0;
    m_isRootObject = false;
    m_isTooDeep = false;
    m_topKeys.clear();
    m_fault.clear();
}

std::string_view KinetoSax::listPrefix() const
{
    return m_isRootObject ? R"({"traceEvents":[{})" : "[{}";
}

void KinetoSax::continueList()
{
    m_where = Where::Metadata;
    m_depth = 0;
    m_isPaused = false;
    m_isContinuing = true;
    m_eventsUntilPause = 0;
}

bool KinetoSax::number_unsigned(std::uint64_t value)
{
    if (value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return number_integer(static_cast<std::int64_t>(value));
    m_decimal = std::to_string(value);
    return scalar({JsonScalar::Kind::Decimal, 0, m_decimal});
}

/// nlohmann writes the decimal point of the process's locale into the token; it is put back.
bool KinetoSax::number_float(double, const std::string& text)
{
    m_decimal = text;
    const std::size_t point = m_decimal.find_first_not_of("0123456789+-eE.");
    if (point != std::string::npos)
        m_decimal[point] = '.';
    return scalar({JsonScalar::Kind::Decimal, 0, m_decimal});
}

bool KinetoSax::open()
{
    m_isTooDeep = ++m_depth > deepestNesting;
    return !m_isTooDeep;
}

bool KinetoSax::close()
{
    --m_depth;
    return true;
}

/// An object or array where a scalar is wanted is no value, whatever stood under the name before.
void KinetoSax::beginValue()
{
    if (m_where == Where::Event && m_depth == m_eventsDepth + 2)
        eventMember({});
    else if (m_where == Where::Arguments && m_depth == m_eventsDepth + 3)
        argument({});
}

bool KinetoSax::start_object(std::size_t)
{
    if (!open())
        return false;
    beginValue();
    if (m_depth == 1) {
        m_isRootObject = true;
    } else if (m_where == Where::Events && m_depth == m_eventsDepth + 1) {
        m_where = Where::Event;
        m_eventKey = EventKey::Other;
        m_eventKeys = 0;
        m_event = {};
        m_text.mark();
    } else if (m_where == Where::Event && m_depth == m_eventsDepth + 2 && m_eventKey == EventKey::Arguments) {
        m_where = Where::Arguments;
        m_argumentKey = ArgumentKey::Other;
        m_argumentKeys = 0;
    } else if (m_where == Where::Metadata && m_depth == 3) {
        m_metadata.beginElement(m_topKey);
    }
    return true;
}

bool KinetoSax::end_object()
{
    if (m_where == Where::Arguments && m_depth == m_eventsDepth + 2) {
        m_where = Where::Event;
    } else if (m_where == Where::Event && m_depth == m_eventsDepth + 1) {
        m_where = Where::Events;
        m_text.mark();
        if (m_isContinuing) {
            m_isContinuing = false;
            return close();
        }
        m_collector.add(m_event);
        m_isPaused = m_eventsUntilPause > 0 && --m_eventsUntilPause == 0;
        return close() && !m_isPaused;
    }
    return close();
}

bool KinetoSax::start_array(std::size_t)
{
    if (!open())
        return false;
    beginValue();
    const bool isBareArray = m_depth == 1;
    if (isBareArray || (m_depth == 2 && m_isRootObject && m_topKey == "traceEvents")) {
        m_where = Where::Events;
        m_eventsDepth = m_depth;
        m_hasEventArray = true;
        m_text.mark();
    }
    return true;
}

bool KinetoSax::end_array()
{
    if (m_where == Where::Events && m_depth == m_eventsDepth)
        m_where = Where::Metadata;
    return close();
}

bool KinetoSax::key(std::string& name)
{
    switch (m_where) {
    case Where::Metadata:
        if (m_isContinuing)
            m_topKey = name;
        else if (m_depth == 1)
            topKey(name);
        m_innerKey = name;
        break;
    case Where::Event:
        if (m_depth != m_eventsDepth + 1)
            break;
        m_eventKey = name == "ph"     ? EventKey::Phase
                     : name == "cat"  ? EventKey::Category
                     : name == "name" ? EventKey::Name
                     : name == "ts"   ? EventKey::Begin
                     : name == "dur"  ? EventKey::Length
                     : name == "pid"  ? EventKey::Pid
                     : name == "tid"  ? EventKey::Tid
                     : name == "args" ? EventKey::Arguments
                                      : EventKey::Other;
        if (m_eventKey != EventKey::Other)
            noteKey(m_eventKeys, static_cast<std::uint32_t>(m_eventKey), {}, name);
        break;
    case Where::Arguments:
        if (m_depth != m_eventsDepth + 2)
            break;
        m_argumentKey = name == "device"          ? ArgumentKey::Device
                        : name == "stream"        ? ArgumentKey::Stream
                        : name == "correlation"   ? ArgumentKey::Correlation
                        : name == "bytes"         ? ArgumentKey::Bytes
                        : name == "graph id"      ? ArgumentKey::GraphId
                        : name == "graph node id" ? ArgumentKey::GraphNodeId
                        : name == "kind"          ? ArgumentKey::CopyKind
                        : name == "name"          ? ArgumentKey::Label
                                                  : ArgumentKey::Other;
        if (m_argumentKey != ArgumentKey::Other)
            noteKey(m_argumentKeys, static_cast<std::uint32_t>(m_argumentKey), "args.", name);
        break;
    case Where::Events:
        break;
    }
    return true;
}

void KinetoSax::topKey(const std::string& name)
{
    m_topKey = name;
    if (m_topKeys.contains(name)) {
        m_collector.addDuplicateKey(name);
        m_metadata.forget(name);
    } else if (m_topKeys.size() < mostTopKeys) {
        m_topKeys.insert(name);
    }
}

void KinetoSax::noteKey(std::uint32_t& seen, std::uint32_t key, std::string_view place,
                        const std::string& name)
{
    const std::uint32_t bit = std::uint32_t{1} << key;
    if ((seen & bit) != 0)
        m_collector.addDuplicateKey(std::string(place) + name);
    seen |= bit;
}

bool KinetoSax::scalar(const JsonScalar& value)
{
    switch (m_where) {
    case Where::Metadata:
        if (m_depth >= 1 && m_depth <= 3)
            m_metadata.value(m_topKey, m_depth, m_innerKey, value);
        break;
    case Where::Events:
        m_collector.addStray();
        break;
    case Where::Event:
        if (m_depth == m_eventsDepth + 1)
            eventMember(value);
        break;
    case Where::Arguments:
        if (m_depth == m_eventsDepth + 2)
            argument(value);
        break;
    }
    return true;
}

void KinetoSax::eventMember(const JsonScalar& value)
{
    switch (m_eventKey) {
    case EventKey::Phase:
        m_event.phase = m_texts.phase = value.text;
        break;
    case EventKey::Category:
        m_event.category = m_texts.category = value.text;
        break;
    case EventKey::Name:
        m_event.name = m_texts.name = value.text;
        break;
    case EventKey::Begin:
        m_event.begin = value.toNanoseconds();
        break;
    case EventKey::Length:
        m_event.duration = value.toNanoseconds();
        break;
    case EventKey::Pid:
        m_event.pid = value.toInteger();
        break;
    case EventKey::Tid:
        m_event.tid = value.toInteger();
        break;
    case EventKey::Arguments:
        m_event.clearArguments();
        break;
    case EventKey::Other:
        break;
    }
}

void KinetoSax::argument(const JsonScalar& value)
{
    switch (m_argumentKey) {
    case ArgumentKey::Device:
        m_event.device = value.toInteger();
        break;
    case ArgumentKey::Stream:
        m_event.stream = value.toInteger();
        break;
    case ArgumentKey::Correlation:
        m_event.correlation = value.toInteger().value_or(0);
        break;
    case ArgumentKey::Bytes:
        m_event.bytes = value.toInteger().value_or(0);
        break;
    case ArgumentKey::GraphId:
        m_event.graphId = value.toInteger().value_or(0);
        break;
    case ArgumentKey::GraphNodeId:
        m_event.graphNodeId = value.toInteger().value_or(0);
        break;
    case ArgumentKey::CopyKind:
        m_event.copyKind = m_texts.copyKind = value.text;
        break;
    case ArgumentKey::Label:
        m_event.label = m_texts.label = value.text;
        break;
    case ArgumentKey::Other:
        break;
    }
}

} // namespace stepscope
