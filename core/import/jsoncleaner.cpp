#include "core/import/jsoncleaner.h"

#include "core/base/utf8.h"
#include "core/import/eventstart.h"
#include "core/import/textsource.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

namespace stepscope {

namespace {

constexpr std::size_t longestString = 64 * 1024; // platform.md §5.1
constexpr std::size_t longestToken = 300;        // digits; a double ends at 308
constexpr std::string_view replacementEscape = "\\ufffd";
constexpr std::size_t firstShare = 1024;

bool isTokenEnd(char c)
{
    return c == ',' || c == ']' || c == '}' || c == ':' || c == '"' || c == '[' || c == '{' || c == ' ' ||
           c == '\n' || c == '\r' || c == '\t';
}

/// Whether a bare word of the text is a number that no JSON parser takes.
bool isNotFinite(std::string_view token)
{
    std::string word;
    for (const char c : token)
        word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    std::string_view name = word;
    if (name.starts_with('-') || name.starts_with('+'))
        name.remove_prefix(1);
    if (name == "nan" || name == "inf" || name == "infinity")
        return true;
    if (name.empty() || std::isdigit(static_cast<unsigned char>(name.front())) == 0)
        return false;
    if (token.size() > longestToken)
        return true;
    if (name.find('e') == std::string_view::npos)
        return false;
    double value = 0;
    const auto [end, fault] = std::from_chars(name.data(), name.data() + name.size(), value);
    return fault == std::errc::result_out_of_range;
}

} // namespace

JsonCleaner::JsonCleaner(TextSource& source) : m_source(source), m_share(firstShare)
{
    if (fetchPiece() && m_piece.starts_with(utf8ByteOrderMark))
        m_cleaned = utf8ByteOrderMark.size();
    refill();
}

std::uint64_t JsonCleaner::sourceOffsetAt(std::size_t cursor) const
{
    const std::uint64_t cleanedTo = m_pieceOffset + m_cleaned;
    if (cursor == m_output.size())
        return cleanedTo;
    const auto after = std::upper_bound(m_offsets.begin(), m_offsets.end(), cursor,
                                        [](std::size_t at, const auto& mark) { return at < mark.first; });
    const auto& mark = *(after - 1);
    // A replacement may be longer than what it stands for.
    const std::uint64_t end = after == m_offsets.end() ? cleanedTo : after->second;
    return std::min(mark.second + (cursor - mark.first), end);
}

void JsonCleaner::markOffset(std::size_t inputAt)
{
    markSource(m_pieceOffset + inputAt);
}

void JsonCleaner::markSource(std::uint64_t source)
{
    const std::size_t output = m_output.size();
    const bool isInStep =
        !m_offsets.empty() && source - m_offsets.back().second == output - m_offsets.back().first; // may wrap
    if (!isInStep)
        m_offsets.emplace_back(output, source);
}

/// False at the end of the text.
bool JsonCleaner::fetchPiece()
{
    m_pieceOffset = m_source.textBytes();
    m_piece = m_source.next();
    m_cleaned = 0;
    return !m_piece.empty();
}

void JsonCleaner::refill()
{
    if (!m_output.empty())
        m_behindOutput = sourceOffsetAt(m_output.size() - 1) + 1;
    forgetOutput();
    for (auto& [output, what] : m_pending) // of a comma that waits for what follows it
        output = 0;
    while (m_output.empty()) {
        if (m_cleaned == m_piece.size() && !fetchPiece()) {
            if (m_state == State::Token) {
                finishToken();
                m_state = State::Between;
            }
            return;
        }
        m_offsets.clear();
        cleanSome();
    }
}

/// Where damage follows on damage most of what is cleaned is thrown away again: the share begins small.
void JsonCleaner::cleanSome()
{
    const std::size_t share = std::min(m_share, m_piece.size() - m_cleaned);
    m_share = m_share > std::string::npos / 2 ? std::string::npos : m_share * 2;
    markOffset(m_cleaned);
    clean(m_cleaned + share);
}

void JsonCleaner::clean(std::size_t end)
{
    const std::string_view text = m_piece.substr(0, end);
    std::size_t at = m_cleaned;
    m_cleaned = end;
    while (at < text.size()) {
        const char c = text[at];
        switch (m_state) {
        case State::Between:
            at = cleanBetween(text, at);
            break;
        case State::String:
            at = cleanString(text, at);
            break;
        case State::Token:
            if (isTokenEnd(c)) {
                finishToken();
                m_state = State::Between;
                markOffset(at);
            } else {
                if (m_token.size() <= longestToken)
                    m_token += c;
                ++at;
            }
            break;
        case State::Escape:
            at += takeEscape(c) ? 1 : 0;
            markOffset(at);
            break;
        case State::Unicode:
            at += takeHexDigit(c) ? 1 : 0;
            markOffset(at);
            break;
        case State::Utf8:
            at += takeContinuation(c) ? 1 : 0;
            if (m_state == State::String)
                markOffset(at);
            break;
        }
    }
}

std::optional<std::uint64_t> JsonCleaner::resumeAtEvent(std::uint64_t from)
{
    forgetOutput();
    m_pending.clear(); // it will be made fit again
    m_state = State::Between;
    m_hasComma = false;
    m_highSurrogate.clear();
    m_cleaned = from > m_pieceOffset ? std::min<std::size_t>(from - m_pieceOffset, m_piece.size()) : 0;
    EventStart start;
    for (;;) {
        while (m_cleaned < m_piece.size()) {
            const std::size_t at = m_cleaned++;
            if (!start.take(m_piece[at], m_pieceOffset + at))
                continue;
            m_share = firstShare;
            m_marked = start.offset();
            m_behindOutput = start.offset();
            markSource(start.offset());
            m_output = "[";
            markSource(start.offset());
            m_output += "{\"" + start.key() + "\"";
            cleanSome();
            return start.offset();
        }
        if (!fetchPiece()) {
            m_marked = m_pieceOffset;
            return std::nullopt;
        }
    }
}

void JsonCleaner::forgetOutput()
{
    countConsumed();
    m_output.clear();
    m_offsets.clear();
    m_cursor = 0;
}

void JsonCleaner::countConsumed()
{
    auto first = m_pending.begin();
    for (; first != m_pending.end() && first->first < m_cursor; ++first)
        ++(m_counts.*first->second);
    m_pending.erase(m_pending.begin(), first);
}

JsonCleaner::Counts JsonCleaner::counts()
{
    countConsumed();
    return m_counts;
}

std::optional<std::uint64_t> JsonCleaner::listPosition() const
{
    const std::uint64_t behind = consumedOffset();
    return behind < m_pieceOffset ? std::nullopt : std::optional(behind);
}

/// All of it stands for the byte before `offset`.
std::vector<std::pair<std::size_t, std::uint64_t>> JsonCleaner::prefixOffsets(std::string_view prefix,
                                                                              std::uint64_t offset)
{
    return {{0, offset - 1}, {prefix.size() - 1, offset - 1}};
}

void JsonCleaner::continueWith(std::string_view prefix)
{
    countConsumed();
    std::vector<std::pair<std::size_t, std::uint64_t>> offsets = prefixOffsets(prefix, consumedOffset());
    offsets.emplace_back(prefix.size(), sourceOffset());
    for (const auto& [output, source] : m_offsets) {
        if (output > m_cursor)
            offsets.emplace_back(output - m_cursor + prefix.size(), source);
    }
    for (auto& [output, what] : m_pending)
        output += prefix.size() - m_cursor;
    m_offsets = std::move(offsets);
    m_output.replace(0, m_cursor, prefix);
    m_cursor = 0;
}

void JsonCleaner::continueAt(std::uint64_t offset, std::string_view prefix)
{
    forgetOutput();
    m_pending.clear(); // it will be made fit again
    m_state = State::Between;
    m_hasComma = false;
    m_highSurrogate.clear();
    m_share = firstShare;
    m_cleaned = offset - m_pieceOffset;
    m_marked = offset;
    m_behindOutput = offset;
    m_offsets = prefixOffsets(prefix, offset);
    m_output = prefix;
    cleanSome();
}

bool JsonCleaner::skipPiece()
{
    forgetOutput();
    m_pending.clear();
    m_behindOutput = m_pieceOffset + m_piece.size();
    return fetchPiece();
}

bool JsonCleaner::skipBlank()
{
    while (!isAtEnd() && (current() == ' ' || current() == '\n' || current() == '\r' || current() == '\t'))
        advance();
    return isAtEnd();
}

bool JsonCleaner::resumeAtMembers()
{
    if (skipBlank() || current() != ',')
        return false;
    m_output[m_cursor] = '{';
    return true;
}

std::size_t JsonCleaner::cleanBetween(std::string_view text, std::size_t at)
{
    const char c = text[at];
    switch (c) {
    case ' ':
    case '\n':
    case '\r':
    case '\t':
        if (!m_hasComma) // the comma may have to go
            m_output += c;
        return at + 1;
    case ',':
        if (m_hasComma)
            note(&Counts::spareCommas);
        m_hasComma = true;
        return at + 1;
    case ']':
    case '}':
        if (m_hasComma) {
            note(&Counts::spareCommas);
            m_hasComma = false;
            markOffset(at);
        }
        m_output += c;
        return at + 1;
    case '[':
    case '{':
    case ':':
        flushComma(at);
        m_output += c;
        return at + 1;
    case '"':
        flushComma(at);
        m_output += c;
        m_stringBytes = 0;
        m_state = State::String;
        return at + 1;
    default:
        flushComma(at);
        m_token.clear();
        m_tokenSource = m_pieceOffset + at;
        m_state = State::Token;
        return at;
    }
}

std::size_t JsonCleaner::cleanString(std::string_view text, std::size_t at)
{
    if (!m_highSurrogate.empty() && text[at] != '\\') { // no low one can follow
        flushSurrogate();
        markOffset(at);
    }
    const std::size_t first = at;
    while (at < text.size()) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\')
            break;
        ++at;
    }
    if (at > first) {
        emitInString(text.substr(first, at - first));
        if (m_stringBytes > longestString)
            markOffset(at);
    }
    if (at == text.size())
        return at;
    const char c = text[at];
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"') {
        m_output += c;
        m_state = State::Between;
    } else if (c == '\\') {
        m_state = State::Escape;
    } else if (byte < 0x20) {
        constexpr std::string_view digits = "0123456789abcdef";
        std::string escape = "\\u00";
        escape += digits[byte >> 4];
        escape += digits[byte & 15];
        emitInString(escape);
        note(&Counts::controlCharacters);
        markOffset(at + 1);
    } else {
        beginUtf8(c);
        if (m_state == State::String) // no first byte of a sequence
            markOffset(at + 1);
    }
    return at + 1;
}

void JsonCleaner::emitInString(std::string_view bytes)
{
    if (!m_highSurrogate.empty())
        flushSurrogate();
    const std::size_t before = m_stringBytes;
    m_stringBytes += bytes.size();
    if (m_stringBytes <= longestString) {
        m_output += bytes;
        return;
    }
    if (before > longestString)
        return;
    note(&Counts::longStrings);
    // Only plain runs may be cut inside; escapes and sequences are a few bytes.
    if (bytes.size() > 8)
        m_output += bytes.substr(0, longestString - before);
}

/// The comma was needed: `at` is what follows it.
void JsonCleaner::flushComma(std::size_t at)
{
    if (!m_hasComma)
        return;
    m_hasComma = false;
    m_output += ',';
    markOffset(at);
}

/// A high surrogate that no low one followed stands for no character.
void JsonCleaner::flushSurrogate()
{
    if (m_highSurrogate.empty())
        return;
    m_highSurrogate.clear();
    note(&Counts::invalidUtf8);
    emitInString(replacementEscape);
}

void JsonCleaner::finishToken()
{
    markSource(m_tokenSource);
    if (isNotFinite(m_token)) {
        note(&Counts::notFinite);
        emit("null");
    } else {
        emit(m_token);
    }
}

/// Both of these return whether `c` was used up.
bool JsonCleaner::takeEscape(char c)
{
    constexpr std::string_view known = "\"\\/bfnrt";
    if (c == 'u') {
        m_hex.clear();
        m_state = State::Unicode;
        return true;
    }
    m_state = State::String;
    if (known.find(c) != std::string_view::npos) {
        const std::array<char, 2> escape = {'\\', c};
        emitInString({escape.data(), escape.size()});
        return true;
    }
    note(&Counts::badEscapes);
    emitInString("\\\\");
    return false;
}

bool JsonCleaner::takeHexDigit(char c)
{
    if (std::isxdigit(static_cast<unsigned char>(c)) == 0) {
        note(&Counts::badEscapes);
        m_state = State::String;
        emitInString("\\\\u" + m_hex);
        return false;
    }
    m_hex += c;
    if (m_hex.size() < 4)
        return true;
    m_state = State::String;
    unsigned value = 0;
    std::from_chars(m_hex.data(), m_hex.data() + m_hex.size(), value, 16);
    const bool isHigh = value >= 0xd800 && value < 0xdc00;
    const bool isLow = value >= 0xdc00 && value < 0xe000;
    if (isLow && !m_highSurrogate.empty()) {
        const std::string pair = "\\u" + m_highSurrogate + "\\u" + m_hex;
        m_highSurrogate.clear();
        emitInString(pair);
    } else if (isLow) {
        note(&Counts::invalidUtf8);
        emitInString(replacementEscape);
    } else {
        flushSurrogate();
        if (isHigh)
            m_highSurrogate = m_hex;
        else
            emitInString("\\u" + m_hex);
    }
    return true;
}

void JsonCleaner::beginUtf8(char c)
{
    m_sequenceLength = utf8SequenceLength(static_cast<unsigned char>(c));
    if (m_sequenceLength == 0) {
        note(&Counts::invalidUtf8);
        emitInString(utf8Replacement);
        return;
    }
    m_sequence.assign(1, c);
    m_state = State::Utf8;
}

bool JsonCleaner::takeContinuation(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    const bool isFitting = m_sequence.size() == 1
                               ? isUtf8SecondByte(static_cast<unsigned char>(m_sequence[0]), byte)
                               : (byte & 0xc0) == 0x80;
    if (!isFitting) {
        note(&Counts::invalidUtf8);
        emitInString(utf8Replacement);
        m_state = State::String;
        return false;
    }
    m_sequence += c;
    if (m_sequence.size() == m_sequenceLength) {
        emitInString(m_sequence);
        m_state = State::String;
    }
    return true;
}

} // namespace stepscope
