#pragma once

#include "core/import/kinetoevent.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace stepscope {

class JsonCleaner;
class KinetoCollector;
class KinetoMetadata;

/// Listens to nlohmann's SAX parser and keeps track of where in the document it is. Fills one event at a
/// time and hands it on when its closing bracket is read, so that a cut costs no more than the event it
/// falls into. Of a name that an object has twice the last one counts, and the log hears of it; two lists of
/// events are both read. The member names are nlohmann's.
class KinetoSax {
public:
    /// `text` is what the parser reads: its mark stands behind the bracket where the last event ended or
    /// began.
    KinetoSax(JsonCleaner& text, KinetoCollector& collector, KinetoMetadata& metadata);

    bool null() { return scalar({}); }
    bool boolean(bool value) { return scalar({JsonScalar::Kind::Boolean, value ? 1 : 0, {}}); }
    bool number_integer(std::int64_t value) { return scalar({JsonScalar::Kind::Integer, value, {}}); }
    bool number_unsigned(std::uint64_t value);
    bool number_float(double value, const std::string& text);
    bool string(std::string& text) { return scalar({JsonScalar::Kind::Text, 0, text}); }
    template <class Binary> bool binary(Binary&) { return false; }
    bool start_object(std::size_t);
    bool key(std::string& name);
    bool end_object();
    bool start_array(std::size_t);
    bool end_array();
    template <class Exception>
    bool parse_error(std::size_t, const std::string& lastToken, const Exception& exception)
    {
        m_fault = exception.what();
        m_lastToken = lastToken;
        return false;
    }

    /// nlohmann's word for what is wrong; empty when the parser did not complain.
    const std::string& fault() const { return m_fault; }
    bool isTooDeep() const { return m_isTooDeep; }
    /// An event has begun whose closing bracket was not read.
    bool isInEvent() const { return m_where == Where::Event || m_where == Where::Arguments; }
    bool hasEventArray() const { return m_hasEventArray; }
    /// What comes next is a document of its own, the rest of the one that was left.
    void restart();

    /// Stops the parser, as a fault does, behind the event that is the next but `others`.
    void pauseAfter(std::uint64_t others) { m_eventsUntilPause = others + 1; }
    bool isPaused() const { return m_isPaused; }
    /// What the parser has to read before the rest of the document to be in the list of events again, as far
    /// down as it was: it ends with an empty event.
    std::string_view listPrefix() const;
    /// The parser begins anew with listPrefix().
    void continueList();

private:
    enum class Where { Metadata, Events, Event, Arguments };
    enum class EventKey { Other, Phase, Category, Name, Begin, Length, Pid, Tid, Arguments };
    enum class ArgumentKey {
        Other,
        Device,
        Stream,
        Correlation,
        Bytes,
        GraphId,
        GraphNodeId,
        CopyKind,
        Label
    };

    bool scalar(const JsonScalar& value);
    void eventMember(const JsonScalar& value);
    void argument(const JsonScalar& value);
    bool open();
    bool close();
    void beginValue();
    void topKey(const std::string& name);
    void noteKey(std::uint32_t& seen, std::uint32_t key, std::string_view place, const std::string& name);

    JsonCleaner& m_text;
    KinetoCollector& m_collector;
    KinetoMetadata& m_metadata;
    KinetoEvent m_event;
    struct {
        std::string phase, category, name, copyKind, label;
    } m_texts; // of m_event
    std::string m_topKey;
    std::string m_innerKey;
    std::string m_decimal;
    std::string m_fault;
    std::string m_lastToken;
    EventKey m_eventKey = EventKey::Other;
    ArgumentKey m_argumentKey = ArgumentKey::Other;
    std::set<std::string, std::less<>> m_topKeys; // so far, up to a bound
    std::uint32_t m_eventKeys = 0;                // a bit for each the event had so far
    std::uint32_t m_argumentKeys = 0;
    Where m_where = Where::Metadata;
    int m_depth = 0;       // open objects and arrays
    int m_eventsDepth = 0; // m_depth inside the event array
    bool m_isRootObject = false;
    bool m_hasEventArray = false;
    bool m_isTooDeep = false;
    std::uint64_t m_eventsUntilPause = 0; // 0: it does not pause
    bool m_isPaused = false;
    bool m_isContinuing = false; // reads listPrefix()
};

} // namespace stepscope
