#include "core/import/kinetoparser.h"

#include "core/base/utf8.h"
#include "core/import/eventpipeline.h"
#include "core/import/jsoncleaner.h"
#include "core/import/kinetocollector.h"
#include "core/import/kinetosax.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace stepscope {

namespace {

constexpr std::size_t placesKept = 100;
constexpr std::uint64_t fewEvents = 32;
constexpr std::uint64_t mostDeclined = 4096;

/// nlohmann's sentence without its number and position, which counts other bytes than ours, and without what
/// it read last, which may have begun anywhere.
std::string plainFault(std::string fault)
{
    if (const std::size_t colon = fault.find(": "); colon != std::string::npos)
        fault.erase(0, colon + 2);
    if (const std::size_t quote = fault.find("; last read: '"); quote != std::string::npos) {
        const std::size_t end = fault.rfind("'; expected ");
        fault.erase(quote, end == std::string::npos || end < quote ? end : end + 1 - quote);
    }
    // It may quote a byte that is no character.
    return std::string(cutUtf8(validUtf8(fault).text, 160));
}

} // namespace

void KinetoParser::run()
{
    bool isWhole = parse();
    while (!isWhole && !m_text.isAtEnd()) {
        noteFault();
        if (!resume())
            return;
        isWhole = parse() && parseMembers();
    }
    m_endsEarly = !isWhole;
    if (m_endsEarly) {
        noteFault();
        keepPlace();
    }
}

bool KinetoParser::parse()
{
    for (;;) {
        if (m_events)
            m_sax.pauseAfter(m_declined);
        const bool isWhole = nlohmann::json::sax_parse(JsonCleaner::Iterator(m_text), JsonCleaner::Iterator(),
                                                       &m_sax, nlohmann::json::input_format_t::json, false);
        if (isWhole || !m_sax.isPaused())
            return isWhole;
        // Where hardly an event is taken, asking again and again would cost more than it gains.
        m_declined = takeEvents() ? 1 : std::min(2 * m_declined, mostDeclined);
        m_sax.continueList();
    }
}

/// The parser stopped behind an event: goes on behind the last of those that follow and are known. False when
/// there were few of them.
bool KinetoParser::takeEvents()
{
    const std::optional<std::uint64_t> from = m_text.listPosition();
    std::uint64_t at = from.value_or(0);
    const std::uint64_t before = m_collector.wholeEvents();
    while (from) {
        ScannedEvents& events = m_events->eventsFrom(at);
        m_collector.add(events);
        at = m_events->eventsEnd();
        if (at < m_text.pieceEnd() || !m_text.skipPiece())
            break;
    }
    if (from && at > *from)
        m_text.continueAt(at, m_sax.listPrefix());
    else
        m_text.continueWith(m_sax.listPrefix());
    return m_collector.wholeEvents() - before > fewEvents;
}

/// What follows the list of events in the document that was left.
bool KinetoParser::parseMembers()
{
    if (m_text.resumeAtMembers()) {
        m_sax.restart();
        return parse() && m_text.skipBlank();
    }
    if (!m_text.skipBlank() && m_text.current() == '}')
        m_text.advance();
    return m_text.skipBlank();
}

void KinetoParser::noteFault()
{
    m_place = {};
    m_place.offset = m_text.markedOffset() - (m_sax.isInEvent() ? 1 : 0);
    m_place.reachesEnd = m_text.isAtEnd();
    if (m_faults++ > 0)
        return;
    const std::string why = m_text.isAtEnd()    ? "the text ends here"
                            : m_sax.isTooDeep() ? "nested deeper than 64 levels"
                                                : plainFault(m_sax.fault());
    m_firstFault = "byte " + std::to_string(m_text.readOffset()) + " of the text: " + why;
}

/// False when there is no further event.
bool KinetoParser::resume()
{
    // What is nested too deep would be so from its next bracket on, too.
    const std::uint64_t from = m_sax.isTooDeep() ? m_text.readOffset() : m_text.markedOffset();
    const std::optional<std::uint64_t> found = m_text.resumeAtEvent(from);
    m_place.reachesEnd = !found;
    m_place.lostBytes = found.value_or(m_text.readOffset()) - m_place.offset.value_or(0);
    keepPlace();
    m_sax.restart();
    return found.has_value();
}

void KinetoParser::keepPlace()
{
    if (m_places.size() < placesKept) {
        m_places.push_back(m_place);
        return;
    }
    DamagedPlace& last = m_places.back();
    last.lostBytes = last.lostBytes.value_or(0) + m_place.lostBytes.value_or(0);
    last.reachesEnd = m_place.reachesEnd;
}

} // namespace stepscope
