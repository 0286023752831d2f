#include "core/import/eventscanner.h"

#include "core/base/utf8.h"
#include "core/import/textwords.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace stepscope {

namespace {

constexpr std::ptrdiff_t longestText = 60'000; // JsonCleaner cuts from 64 KiB on
constexpr std::ptrdiff_t longestNumber = 300;  // and reads longer ones as null
constexpr int deepestValue = 16;               // inside an event

bool isDigit(char c)
{
    return static_cast<unsigned char>(c - '0') < 10;
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
        return isSameText(key, "ph") ? Member::Phase : isSameText(key, "ts") ? Member::Begin : Member::Other;
    case 3:
        return isSameText(key, "cat")   ? Member::Category
               : isSameText(key, "dur") ? Member::Length
               : isSameText(key, "pid") ? Member::Pid
               : isSameText(key, "tid") ? Member::Tid
                                        : Member::Other;
    case 4:
        return isSameText(key, "name")   ? Member::Name
               : isSameText(key, "args") ? Member::Arguments
                                         : Member::Other;
    default:
        return Member::Other;
    }
}

Member argumentMember(std::string_view key)
{
    switch (key.size()) {
    case 4:
        return isSameText(key, "name")   ? Member::Label
               : isSameText(key, "kind") ? Member::CopyKind
                                         : Member::Other;
    case 5:
        return isSameText(key, "bytes") ? Member::Bytes : Member::Other;
    case 6:
        return isSameText(key, "device")   ? Member::Device
               : isSameText(key, "stream") ? Member::Stream
                                           : Member::Other;
    case 8:
        return isSameText(key, "graph id") ? Member::GraphId : Member::Other;
    case 11:
        return isSameText(key, "correlation") ? Member::Correlation : Member::Other;
    case 13:
        return isSameText(key, "graph node id") ? Member::GraphNodeId : Member::Other;
    default:
        return Member::Other;
    }
}

// Each of the functions below begins at a place of the text and returns the place behind what it read, or
// null to decline the event. Behind the text stands a 0, which no rule takes: nothing reads on past it.

const char* skipBlanks(const char* at)
{
#ifdef __SSE2__
    for (;; at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
        const __m128i blank = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')),
                                                        _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'))),
                                           _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')),
                                                        _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t'))));
        const unsigned others = ~static_cast<unsigned>(_mm_movemask_epi8(blank)) & 0xffffU;
        if (others != 0)
            return at + std::countr_zero(others);
    }
#else
    while (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')
        ++at;
    return at;
#endif
}

inline const char* skipBlank(const char* at)
{
    if (static_cast<unsigned char>(*at) > ' ')
        return at;
    if (*at == ' ' && static_cast<unsigned char>(at[1]) > ' ') // between a colon and its value
        return at + 1;
    return skipBlanks(at);
}

/// The first byte that does not stand for itself inside a text: a quote, a backslash, a control character or
/// one beyond ASCII.
inline const char* specialByte(const char* at)
{
#ifdef __SSE2__
    for (;; at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
        // As signed bytes all that is no ASCII is below the blank, too.
        const __m128i special = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                                          _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))),
                                             _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)));
        if (const auto mask = static_cast<unsigned>(_mm_movemask_epi8(special)); mask != 0)
            return at + std::countr_zero(mask);
    }
#else
    while (*at != '"' && *at != '\\' && static_cast<signed char>(*at) >= 0x20)
        ++at;
    return at;
#endif
}

/// As textEnd(), from a character on that does not stand for itself.
const char* irregularTextEnd(const char* begin, const char* at, bool takesEscapes)
{
    while (*at != '"') {
        const auto byte = static_cast<unsigned char>(*at);
        if (byte >= 0x80) {
            const std::size_t length = validSequenceLength({at, ::strnlen(at, 4)});
            if (length == 0)
                return nullptr;
            at += length;
        } else if (byte == '\\' && takesEscapes && at[1] != '\0' && std::strchr("\"\\/bfnrt", at[1])) {
            at += 2;
        } else {
            return nullptr;
        }
        at = specialByte(at);
    }
    return at - begin <= longestText ? at : nullptr;
}

/// To the quote that ends a text: over characters beyond ASCII, where they are valid, and escapes, of which
/// all but \u are taken where `takesEscapes`.
inline const char* textEnd(const char* begin, bool takesEscapes)
{
    const char* const at = specialByte(begin);
    return *at == '"' && at - begin <= longestText ? at : irregularTextEnd(begin, at, takesEscapes);
}

const char* plainText(const char* at, std::string_view& text)
{
    if (*at != '"')
        return nullptr;
    const char* const begin = at + 1;
    const char* const end = textEnd(begin, false);
    if (!end)
        return nullptr;
    text = {begin, static_cast<std::size_t>(end - begin)};
    return end + 1;
}

const char* skipNumber(const char* begin)
{
    const char* at = begin;
    if (*at == '-')
        ++at;
    if (!isDigit(*at) || (*at == '0' && isDigit(at[1])))
        return nullptr;
    while (isDigit(*at))
        ++at;
    if (*at == '.') {
        ++at;
        if (!isDigit(*at))
            return nullptr;
        while (isDigit(*at))
            ++at;
    }
    return *at != 'e' && *at != 'E' && at - begin < longestNumber ? at : nullptr;
}

const char* skipWord(const char* at, std::string_view word)
{
    return std::strncmp(at, word.data(), word.size()) == 0 ? at + word.size() : nullptr;
}

/// Of an array or object, behind whose opening bracket it begins; `element(at)` reads one.
template <class Element> const char* elements(const char* at, char end, Element element)
{
    at = skipBlank(at);
    if (*at == end)
        return at + 1;
    for (;;) {
        at = element(at);
        if (!at)
            return nullptr;
        at = skipBlank(at);
        if (*at == end)
            return at + 1;
        if (*at != ',')
            return nullptr;
        at = skipBlank(at + 1);
    }
}

/// Of an object, behind whose brace it begins; `value(at, key)` reads the value of a member.
template <class Value> const char* members(const char* at, Value value)
{
    return elements(at, '}', [&value](const char* key) -> const char* {
        if (*key != '"')
            return nullptr;
        const char* const begin = key + 1;
        const char* const end = textEnd(begin, false);
        if (!end)
            return nullptr;
        const char* const colon = skipBlank(end + 1);
        if (*colon != ':')
            return nullptr;
        return value(skipBlank(colon + 1), std::string_view(begin, static_cast<std::size_t>(end - begin)));
    });
}

/// Behind it a blank, a comma or a bracket has to come, which the caller sees to.
const char* skipValue(const char* at, int depth = 0)
{
    const auto inner = [depth](const char* value, std::string_view = {}) {
        return skipValue(value, depth + 1);
    };
    switch (*at) {
    case '"': {
        const char* const end = textEnd(at + 1, true);
        return end ? end + 1 : nullptr;
    }
    case '{':
        return depth < deepestValue ? members(at + 1, inner) : nullptr;
    case '[':
        return depth < deepestValue ? elements(at + 1, ']', inner) : nullptr;
    case 't':
        return skipWord(at, "true");
    case 'f':
        return skipWord(at, "false");
    case 'n':
        return skipWord(at, "null");
    default:
        return skipNumber(at);
    }
}

/// A text, or a number as its text; null stands for true and false, too, which are no number either.
const char* scalar(const char* at, JsonScalar& scalar)
{
    if (*at == '"') {
        scalar.kind = JsonScalar::Kind::Text;
        return plainText(at, scalar.text);
    }
    if (*at == '{' || *at == '[')
        return nullptr;
    const char* const end = skipValue(at);
    if (end && (*at == '-' || isDigit(*at))) {
        scalar.kind = JsonScalar::Kind::Decimal; // its text reads the same as the number
        scalar.text = {at, static_cast<std::size_t>(end - at)};
    }
    return end;
}

/// How many of eight characters are digits, from the first one on.
std::size_t leadingDigits(std::uint64_t characters)
{
    const std::uint64_t values = characters ^ 0x3030303030303030U;
    // A carry of what is no digit reaches later characters only.
    const std::uint64_t others = ((values + 0x7676767676767676U) | values) & 0x8080808080808080U;
    return others == 0 ? 8 : static_cast<std::size_t>(std::countr_zero(others)) / 8;
}

/// Of eight digits, the first of them the highest, each in the low half of its byte.
std::int64_t numberOf(std::uint64_t digits)
{
    digits = ((digits & 0x0f0f0f0f0f0f0f0fU) * (10 * 256 + 1)) >> 8;
    digits = ((digits & 0x00ff00ff00ff00ffU) * (100 * 65536 + 1)) >> 16;
    digits = ((digits & 0x0000ffff0000ffffU) * ((10000ULL << 32) + 1)) >> 32;
    return static_cast<std::int64_t>(digits);
}

/// Up to 18 digits, as a number; `at` moves behind them.
std::int64_t takeDigits(const char*& at)
{
    static constexpr std::array<std::int64_t, 9> powers = {1,       10,        100,        1'000,      10'000,
                                                           100'000, 1'000'000, 10'000'000, 100'000'000};
    constexpr int digitsOfWords = 16;
    constexpr int safeDigits = 18;
    std::int64_t number = 0;
    int digits = 0;
    while (std::endian::native == std::endian::little && digits < digitsOfWords) {
        const std::uint64_t word = wordAt(at);
        const std::size_t count = leadingDigits(word);
        if (count == 0)
            return number;
        number = number * powers[count] + numberOf(word << (8 * (8 - count)));
        at += count;
        if (count < 8)
            return number;
        digits += 8;
    }
    for (; digits < safeDigits && isDigit(*at); ++digits)
        number = number * 10 + (*at++ - '0');
    return number;
}

bool isValueEnd(char c)
{
    return c == ',' || c == '\n' || c == '}';
}

const char* integer(const char* at, std::optional<std::int64_t>& value)
{
    const char* end = at;
    const std::int64_t number = takeDigits(end);
    if (isValueEnd(*end) && end > at && (*at != '0' || end == at + 1)) {
        value = number;
        return end;
    }
    JsonScalar found;
    end = scalar(at, found);
    value = found.toInteger();
    return end;
}

const char* integer(const char* at, std::int64_t& value)
{
    std::optional<std::int64_t> found;
    const char* const end = integer(at, found);
    value = found.value_or(0);
    return end;
}

/// Microseconds, as nanoseconds.
const char* time(const char* at, std::optional<std::int64_t>& nanoseconds)
{
    constexpr std::ptrdiff_t mostDigits = 15; // before the point
    const char* end = at;
    const std::int64_t micros = takeDigits(end);
    const std::ptrdiff_t digits = end - at;
    const bool isWhole = digits > 0 && digits <= mostDigits && (*at != '0' || digits == 1);
    std::int64_t number = isWhole ? micros * 1000 : 0;
    if (*end == '.' && isDigit(end[1])) {
        std::int64_t unit = 100;
        for (++end; unit > 0 && isDigit(*end); unit /= 10)
            number += (*end++ - '0') * unit;
    }
    if (isWhole && isValueEnd(*end)) {
        nanoseconds = number;
        return end;
    }
    JsonScalar found;
    end = scalar(at, found);
    nanoseconds = found.toNanoseconds();
    return end;
}

const char* textArgument(const char* at, std::string_view& text)
{
    JsonScalar found;
    const char* const end = scalar(at, found);
    if (found.kind == JsonScalar::Kind::Decimal)
        return nullptr;
    text = found.text;
    return end;
}

const char* argument(const char* at, Member member, KinetoEvent& event)
{
    switch (member) {
    case Member::Device:
        return integer(at, event.device);
    case Member::Stream:
        return integer(at, event.stream);
    case Member::Correlation:
        return integer(at, event.correlation);
    case Member::Bytes:
        return integer(at, event.bytes);
    case Member::GraphId:
        return integer(at, event.graphId);
    case Member::GraphNodeId:
        return integer(at, event.graphNodeId);
    case Member::CopyKind:
        return textArgument(at, event.copyKind);
    case Member::Label:
        return textArgument(at, event.label);
    default:
        return skipValue(at);
    }
}

/// Whether a member comes for the first time, or does not count.
bool isFirst(Member member, std::uint32_t& seen)
{
    const auto bit = static_cast<std::uint32_t>(member);
    const bool isFirst = (seen & bit) == 0;
    seen |= bit;
    return isFirst;
}

const char* arguments(const char* at, KinetoEvent& event)
{
    if (*at != '{')
        return nullptr;
    std::uint32_t seen = 0;
    return members(at + 1, [&](const char* value, std::string_view key) -> const char* {
        const Member member = argumentMember(key);
        return isFirst(member, seen) ? argument(value, member, event) : nullptr;
    });
}

const char* eventValue(const char* at, Member member, KinetoEvent& event)
{
    switch (member) {
    case Member::Phase:
        return plainText(at, event.phase);
    case Member::Category:
        return plainText(at, event.category);
    case Member::Name:
        return plainText(at, event.name);
    case Member::Begin:
        return time(at, event.begin);
    case Member::Length:
        return time(at, event.duration);
    case Member::Pid:
        return integer(at, event.pid);
    case Member::Tid:
        return integer(at, event.tid);
    case Member::Arguments:
        return arguments(at, event);
    default:
        return skipValue(at);
    }
}

/// Whether the text goes on with `expected`; `at` moves behind it.
template <std::size_t size> bool takeWritten(const char*& at, const char (&expected)[size])
{
    if (!isSameText({at, size - 1}, {expected, size - 1}))
        return false;
    at += size - 1;
    return true;
}

/// A text whose opening quote was read, up to its closing one; `at` moves there.
bool takeText(const char*& at, std::string_view& text)
{
    const char* const end = textEnd(at, false);
    if (!end)
        return false;
    text = {at, static_cast<std::size_t>(end - at)};
    at = end;
    return true;
}

template <class Value> bool takeNumber(const char*& at, Value& value)
{
    at = integer(at, value);
    return at != nullptr;
}

bool takeTime(const char*& at, std::optional<std::int64_t>& nanoseconds)
{
    at = time(at, nanoseconds);
    return at != nullptr;
}

/// An event as kineto itself lays it out, which takes half the time of looking at each member. Null for any
/// other, which may be sound all the same.
const char* readUsualEvent(const char* at, KinetoEvent& event)
{
    const bool isUsual =
        takeWritten(at, "{\n    \"ph\": \"X\", \"cat\": \"") && takeText(at, event.category) &&
        takeWritten(at, "\", \"name\": \"") && takeText(at, event.name) && takeWritten(at, "\", \"pid\": ") &&
        takeNumber(at, event.pid) && takeWritten(at, ", \"tid\": ") && takeNumber(at, event.tid) &&
        takeWritten(at, ",\n    \"ts\": ") && takeTime(at, event.begin) && takeWritten(at, ", \"dur\": ") &&
        takeTime(at, event.duration) && takeWritten(at, ",\n    \"args\": ");
    at = isUsual ? arguments(at, event) : nullptr;
    if (!at)
        return nullptr;
    event.phase = "X";
    at = skipBlank(at);
    return *at == '}' ? at + 1 : nullptr;
}

const char* readEvent(const char* at, KinetoEvent& event)
{
    std::uint32_t seen = 0;
    return members(at + 1, [&](const char* value, std::string_view key) -> const char* {
        const Member member = eventMember(key);
        return isFirst(member, seen) ? eventValue(value, member, event) : nullptr;
    });
}

} // namespace

std::size_t scanEvents(std::string_view text, std::size_t from, ScannedEvents& events)
{
    const char* at = text.data() + from;
    for (;;) {
        const char* const comma = skipBlank(at);
        const char* const begin = *comma == ',' ? skipBlank(comma + 1) : comma;
        KinetoEvent event;
        const char* end = nullptr;
        if (*begin == '{' && begin > comma) {
            end = readUsualEvent(begin, event);
            if (!end) {
                event = {};
                end = readEvent(begin, event);
            }
        }
        if (!end)
            return static_cast<std::size_t>(at - text.data());
        if (!event.phase.empty() || !event.category.empty() || !event.name.empty())
            events.add(event);
        at = end;
    }
}

} // namespace stepscope
