#pragma once

#include "core/trace/damagedplace.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace stepscope {

class EventPipeline;
class JsonCleaner;
class KinetoCollector;
class KinetoSax;

/// Reads the text of a trace. Its events come from `events`, where it knows them; all else, and each event
/// that is declined there, goes through nlohmann's parser. Behind a place that is no JSON it goes on with the
/// next event, so that damage costs no more than the events it touches.
class KinetoParser {
public:
    /// All must outlive the parser; `text` reads what `events` hands out. Without `events` nlohmann's parser
    /// reads everything.
    KinetoParser(JsonCleaner& text, KinetoSax& sax, KinetoCollector& collector, EventPipeline* events)
        : m_text(text), m_sax(sax), m_collector(collector), m_events(events)
    {}

    /// To the end of the document, or of a text that has none. O(text), whatever the damage.
    void run();

    bool isWhole() const { return m_faults == 0; }
    /// The text ends within the document.
    bool endsEarly() const { return m_endsEarly; }
    /// How many places could not be read, the end of a text that ends early among them.
    std::uint64_t faults() const { return m_faults; }
    /// Where the parser stopped first, and its word for why.
    const std::string& firstFault() const { return m_firstFault; }
    /// The first hundred; the last of them stands for all that follow it.
    std::vector<DamagedPlace> takePlaces() { return std::move(m_places); }

private:
    bool parse();
    bool takeEvents();
    bool parseMembers();
    void noteFault();
    bool resume();
    void keepPlace();

    JsonCleaner& m_text;
    KinetoSax& m_sax;
    KinetoCollector& m_collector;
    EventPipeline* m_events;
    std::uint64_t m_declined = 1; // events that nlohmann's parser reads before `m_events` is asked again
    DamagedPlace m_place;
    std::vector<DamagedPlace> m_places;
    std::uint64_t m_faults = 0;
    std::string m_firstFault;
    bool m_endsEarly = false;
};

} // namespace stepscope
