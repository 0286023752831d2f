#include "core/import/eventscanner.h"

#include "core/base/utf8.h"

#include <bit>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace stepscope {

namespace {

constexpr std::size_t longestText = 60'000;   // JsonCleaner cuts from 64 KiB on
constexpr std::ptrdiff_t longestNumber = 300; // and reads longer ones as null
constexpr int deepestValue = 16;              // inside an event

bool isDigit(char c)
{
    return static_cast<unsigned char>(c - '0') < 10;
}

bool isBlank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// The members that count, as JSON text has them. A member that comes twice is for the log.
enum class Member : std::uint32_t {
    Other = 0,
    Phase = 1U << 0,
    Category = 1U << 1,
    Name = 1U << 2,
    Begin = 1U << 3,
    Length = 1U << 4,
    Pid = 1U << 5,
    Tid = 1U << 6,
    Arguments = 1U << 7,
    Device = 1U << 8,
    Stream = 1U << 9,
    Correlation = 1U << 10,
    Bytes = 1U << 11,
    GraphId = 1U << 12,
    GraphNodeId = 1U << 13,
    CopyKind = 1U << 14,
    Label = 1U << 15,
};

Member eventMember(std::string_view key)
{
    switch (key.size()) {
    case 2:
        return key == "ph" ? Member::Phase : key == "ts" ? Member::Begin : Member::Other;
    case 3:
        return key == "cat"   ? Member::Category
               : key == "dur" ? Member::Length
               : key == "pid" ? Member::Pid
               : key == "tid" ? Member::Tid
                              : Member::Other;
    case 4:
        return key == "name" ? Member::Name : key == "args" ? Member::Arguments : Member::Other;
    default:
        return Member::Other;
    }
}

Member argumentMember(std::string_view key)
{
    switch (key.size()) {
    case 4:
        return key == "name" ? Member::Label : key == "kind" ? Member::CopyKind : Member::Other;
    case 5:
        return key == "bytes" ? Member::Bytes : Member::Other;
    case 6:
        return key == "device" ? Member::Device : key == "stream" ? Member::Stream : Member::Other;
    case 8:
        return key == "graph id" ? Member::GraphId : Member::Other;
    case 11:
        return key == "correlation" ? Member::Correlation : Member::Other;
    case 13:
        return key == "graph node id" ? Member::GraphNodeId : Member::Other;
    default:
        return Member::Other;
    }
}

/// Behind the text stands a 0, which no rule takes: nothing reads on past it. Each function leaves the cursor
/// behind what it read, and returns false to decline the event.
class Scanner {
public:
    explicit Scanner(const char* at) : m_at(at) {}

    const char* at() const { return m_at; }
    bool toNextEvent();
    /// Of an empty one nothing is set.
    bool event(KinetoEvent& event);

private:
    struct Text {
        std::string_view bytes; // without its quotes
        bool isPlain = true;    // no escapes
    };

    void skipBlank();
    bool take(char c)
    {
        if (*m_at != c)
            return false;
        ++m_at;
        return true;
    }
    bool text(Text& text);
    bool oddText(Text& text, const char* begin);
    bool key(std::string_view& key);
    bool plainText(std::string_view& bytes);
    bool number();
    bool word(std::string_view word);
    bool skipValue(int depth);
    bool skipArray(int depth);
    template <class Read> bool members(Read read);
    bool scalar(JsonScalar& scalar);
    bool integer(std::optional<std::int64_t>& value);
    bool integerOrZero(std::int64_t& value);
    bool time(std::optional<std::int64_t>& nanoseconds);
    bool arguments(KinetoEvent& event);
    bool isFirst(Member member);
    bool member(KinetoEvent& event, Member member);
    bool argument(KinetoEvent& event, Member member);

    const char* m_at;
    std::uint32_t m_seen = 0;
};

void Scanner::skipBlank()
{
    if (!isBlank(*m_at))
        return;
    ++m_at;
#ifdef __SSE2__
    if (!isBlank(*m_at))
        return;
    for (;;) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(m_at));
        const __m128i blank = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')),
                                                        _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'))),
                                           _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')),
                                                        _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t'))));
        const unsigned others = ~static_cast<unsigned>(_mm_movemask_epi8(blank)) & 0xffffU;
        if (others != 0) {
            m_at += std::countr_zero(others);
            return;
        }
        m_at += 16;
    }
#else
    while (isBlank(*m_at))
        ++m_at;
#endif
}

/// The cursor is behind the opening quote.
bool Scanner::text(Text& text)
{
    const char* const begin = m_at;
#ifdef __SSE2__
    for (;; m_at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(m_at));
        // As signed bytes all that is no ASCII is below the blank, too.
        const __m128i special = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                                          _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))),
                                             _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)));
        const auto mask = static_cast<unsigned>(_mm_movemask_epi8(special));
        if (mask != 0) {
            m_at += std::countr_zero(mask);
            break;
        }
    }
#else
    while (*m_at != '"' && *m_at != '\\' && static_cast<signed char>(*m_at) >= 0x20)
        ++m_at;
#endif
    if (*m_at != '"')
        return oddText(text, begin);
    text.bytes = {begin, static_cast<std::size_t>(m_at - begin)};
    text.isPlain = true;
    ++m_at;
    return text.bytes.size() <= longestText;
}

/// With characters beyond ASCII, which are taken where they are valid, or escapes, of which all but \u are.
bool Scanner::oddText(Text& text, const char* begin)
{
    text.isPlain = true;
    while (*m_at != '"') {
        const auto byte = static_cast<unsigned char>(*m_at);
        if (byte == '\\') {
            text.isPlain = false;
            if (m_at[1] == '\0' || std::strchr("\"\\/bfnrt", m_at[1]) == nullptr)
                return false;
            m_at += 2;
        } else if (byte >= 0x80) {
            const std::size_t length = validSequenceLength({m_at, ::strnlen(m_at, 4)});
            if (length == 0)
                return false;
            m_at += length;
        } else if (byte < 0x20) {
            return false;
        } else {
            ++m_at;
        }
    }
    text.bytes = {begin, static_cast<std::size_t>(m_at - begin)};
    ++m_at;
    return text.bytes.size() <= longestText;
}

/// With its colon and the blanks around.
bool Scanner::key(std::string_view& key)
{
    Text found;
    if (!take('"') || !text(found) || !found.isPlain)
        return false;
    key = found.bytes;
    skipBlank();
    if (!take(':'))
        return false;
    skipBlank();
    return true;
}

bool Scanner::plainText(std::string_view& bytes)
{
    Text found;
    if (!take('"') || !text(found) || !found.isPlain)
        return false;
    bytes = found.bytes;
    return true;
}

bool Scanner::number()
{
    const char* const begin = m_at;
    if (*m_at == '-')
        ++m_at;
    if (!isDigit(*m_at) || (*m_at == '0' && isDigit(m_at[1])))
        return false;
    while (isDigit(*m_at))
        ++m_at;
    if (*m_at == '.') {
        ++m_at;
        if (!isDigit(*m_at))
            return false;
        while (isDigit(*m_at))
            ++m_at;
    }
    return *m_at != 'e' && *m_at != 'E' && m_at - begin < longestNumber;
}

bool Scanner::word(std::string_view word)
{
    if (std::strncmp(m_at, word.data(), word.size()) != 0)
        return false;
    m_at += word.size();
    return true;
}

/// Behind it a blank, a comma or a bracket has to come, which the caller sees to.
bool Scanner::skipValue(int depth)
{
    switch (*m_at) {
    case '"': {
        Text ignored;
        ++m_at;
        return text(ignored);
    }
    case '{':
        return depth < deepestValue &&
               members([this, depth](std::string_view) { return skipValue(depth + 1); });
    case '[':
        return depth < deepestValue && skipArray(depth + 1);
    case 't':
        return word("true");
    case 'f':
        return word("false");
    case 'n':
        return word("null");
    default:
        return number();
    }
}

bool Scanner::skipArray(int depth)
{
    ++m_at;
    skipBlank();
    if (take(']'))
        return true;
    for (;;) {
        if (!skipValue(depth))
            return false;
        skipBlank();
        if (take(']'))
            return true;
        if (!take(','))
            return false;
        skipBlank();
    }
}

/// Of the object that begins here; `read(key)` takes the value.
template <class Read> bool Scanner::members(Read read)
{
    ++m_at;
    skipBlank();
    if (take('}'))
        return true;
    for (;;) {
        std::string_view found;
        if (!key(found) || !read(found))
            return false;
        skipBlank();
        if (take('}'))
            return true;
        if (!take(','))
            return false;
        skipBlank();
    }
}

/// Whether a member comes for the first time, or does not count.
bool Scanner::isFirst(Member member)
{
    const auto bit = static_cast<std::uint32_t>(member);
    const bool isFirst = (m_seen & bit) == 0;
    m_seen |= bit;
    return isFirst;
}

bool Scanner::scalar(JsonScalar& scalar)
{
    const char* const begin = m_at;
    if (*m_at == '"') {
        scalar.kind = JsonScalar::Kind::Text;
        return plainText(scalar.text);
    }
    if (*m_at != '-' && !isDigit(*m_at)) {
        scalar.kind = JsonScalar::Kind::Null; // or true or false, which are no number either
        return *m_at != '{' && *m_at != '[' && skipValue(0);
    }
    if (!number())
        return false;
    scalar.kind = JsonScalar::Kind::Decimal; // its text reads the same as the number
    scalar.text = {begin, static_cast<std::size_t>(m_at - begin)};
    return true;
}

bool Scanner::integer(std::optional<std::int64_t>& value)
{
    constexpr int safeDigits = 18;
    const char* at = m_at;
    std::int64_t number = 0;
    while (isDigit(*at) && at - m_at < safeDigits)
        number = number * 10 + (*at++ - '0');
    const bool isUsual =
        at > m_at && (*m_at != '0' || at == m_at + 1) && (*at == ',' || *at == '\n' || *at == '}');
    if (isUsual) {
        m_at = at;
        value = number;
        return true;
    }
    JsonScalar found;
    if (!scalar(found))
        return false;
    value = found.toInteger();
    return true;
}

bool Scanner::integerOrZero(std::int64_t& value)
{
    std::optional<std::int64_t> found;
    if (!integer(found))
        return false;
    value = found.value_or(0);
    return true;
}

bool Scanner::time(std::optional<std::int64_t>& nanoseconds)
{
    constexpr int safeDigits = 15;
    const char* at = m_at;
    std::int64_t number = 0;
    while (isDigit(*at) && at - m_at < safeDigits)
        number = number * 10 + (*at++ - '0');
    const bool isWhole = at > m_at && (*m_at != '0' || at == m_at + 1);
    int decimals = 0;
    if (*at == '.') {
        ++at;
        for (; decimals < 3 && isDigit(*at); ++decimals)
            number = number * 10 + (*at++ - '0');
        if (decimals == 0)
            decimals = 4; // no JSON
    }
    if (isWhole && decimals < 4 && (*at == ',' || *at == '\n' || *at == '}')) {
        constexpr std::int64_t factors[] = {1000, 100, 10, 1};
        m_at = at;
        nanoseconds = number * factors[decimals];
        return true;
    }
    JsonScalar found;
    if (!scalar(found))
        return false;
    nanoseconds = found.toNanoseconds();
    return true;
}

bool Scanner::argument(KinetoEvent& event, Member member)
{
    switch (member) {
    case Member::Device:
        return integer(event.device);
    case Member::Stream:
        return integer(event.stream);
    case Member::Correlation:
        return integerOrZero(event.correlation);
    case Member::Bytes:
        return integerOrZero(event.bytes);
    case Member::GraphId:
        return integerOrZero(event.graphId);
    case Member::GraphNodeId:
        return integerOrZero(event.graphNodeId);
    case Member::CopyKind:
    case Member::Label: {
        JsonScalar found;
        if (!scalar(found))
            return false;
        if (found.kind == JsonScalar::Kind::Text)
            (member == Member::Label ? event.label : event.copyKind) = found.text;
        return found.kind != JsonScalar::Kind::Decimal;
    }
    default:
        return skipValue(1);
    }
}

bool Scanner::arguments(KinetoEvent& event)
{
    return *m_at == '{' && members([this, &event](std::string_view key) {
        const Member which = argumentMember(key);
        return isFirst(which) && argument(event, which);
    });
}

bool Scanner::member(KinetoEvent& event, Member member)
{
    switch (member) {
    case Member::Phase:
        return plainText(event.phase);
    case Member::Category:
        return plainText(event.category);
    case Member::Name:
        return plainText(event.name);
    case Member::Begin:
        return time(event.begin);
    case Member::Length:
        return time(event.duration);
    case Member::Pid:
        return integer(event.pid);
    case Member::Tid:
        return integer(event.tid);
    case Member::Arguments:
        return arguments(event);
    default:
        return skipValue(0);
    }
}

bool Scanner::toNextEvent()
{
    skipBlank();
    if (!take(','))
        return false;
    skipBlank();
    return *m_at == '{';
}

bool Scanner::event(KinetoEvent& event)
{
    m_seen = 0;
    return members([this, &event](std::string_view key) {
        const Member which = eventMember(key);
        return isFirst(which) && member(event, which);
    });
}

} // namespace

std::size_t scanEvents(std::string_view text, std::size_t from, ScannedEvents& events)
{
    Scanner scanner(text.data() + from);
    const char* taken = scanner.at();
    KinetoEvent event;
    while (scanner.toNextEvent()) {
        event = {};
        if (!scanner.event(event))
            break;
        const bool isEmpty = event.phase.empty() && event.category.empty() && event.name.empty();
        if (!isEmpty)
            events.add(event);
        taken = scanner.at();
    }
    return static_cast<std::size_t>(taken - text.data());
}

} // namespace stepscope
