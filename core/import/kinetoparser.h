#pragma once

#include "core/trace/damagedplace.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace stepscope {

class JsonCleaner;
class KinetoSax;

/// Runs nlohmann's parser over the text of a trace. Behind a place that is no JSON it goes on with the next
/// event, so that damage costs no more than the events it touches.
class KinetoParser {
public:
    /// Both must outlive the parser.
    KinetoParser(JsonCleaner& text, KinetoSax& sax) : m_text(text), m_sax(sax) {}

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
    bool parseMembers();
    void noteFault();
    bool resume();
    void keepPlace();

    JsonCleaner& m_text;
    KinetoSax& m_sax;
    DamagedPlace m_place;
    std::vector<DamagedPlace> m_places;
    std::uint64_t m_faults = 0;
    std::string m_firstFault;
    bool m_endsEarly = false;
};

} // namespace stepscope
