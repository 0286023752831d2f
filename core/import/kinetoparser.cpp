#include "core/import/kinetoparser.h"

#include "core/base/utf8.h"
#include "core/import/jsoncleaner.h"
#include "core/import/kinetosax.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace stepscope {

namespace {

constexpr std::size_t placesKept = 100;

/// nlohmann's sentence without its number and position, which counts other bytes than ours.
std::string plainFault(const std::string& fault)
{
    const std::size_t colon = fault.find(": ");
    // It quotes the text as it stands, in which bytes outside of strings may be no characters.
    const std::string text = validUtf8(colon == std::string::npos ? fault : fault.substr(colon + 2)).text;
    return std::string(cutUtf8(text, 160));
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
    return nlohmann::json::sax_parse(JsonCleaner::Iterator(m_text), JsonCleaner::Iterator(), &m_sax,
                                     nlohmann::json::input_format_t::json, false);
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
    m_firstFault = "byte " + std::to_string(m_text.sourceOffset()) + " of the text: " + why;
}

/// False when there is no further event.
bool KinetoParser::resume()
{
    // What is nested too deep would be so from its next bracket on, too.
    const std::uint64_t from = m_sax.isTooDeep() ? m_text.sourceOffset() : m_text.markedOffset();
    const std::optional<std::uint64_t> found = m_text.resumeAtEvent(from);
    m_place.reachesEnd = !found;
    m_place.lostBytes = found.value_or(m_text.sourceOffset()) - m_place.offset.value_or(0);
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
