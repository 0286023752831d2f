#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepscope {

class TextSource;

/// The text of a trace made fit for a strict JSON parser, byte by byte. Old writers and user data give
/// byte-order marks, NaN, invalid UTF-8, raw control characters, single backslashes and trailing commas
/// (formats.md §2.4); each is replaced and counted. Strings are cut at 64 KiB. Not thread-safe.
class JsonCleaner {
public:
    struct Counts {
        std::uint64_t invalidUtf8 = 0;
        std::uint64_t controlCharacters = 0;
        std::uint64_t badEscapes = 0;
        std::uint64_t notFinite = 0; ///< NaN, Infinity and numbers beyond a double, read as null
        std::uint64_t spareCommas = 0;
        std::uint64_t longStrings = 0;
    };

    /// The first piece of `source` is long enough for a byte-order mark, unless the text is shorter.
    explicit JsonCleaner(TextSource& source);

    bool isAtEnd() const { return m_cursor == m_output.size(); }
    char current() const { return m_output[m_cursor]; }
    void advance()
    {
        if (++m_cursor == m_output.size())
            refill();
    }

    /// Goes on to the next byte that is no white space; true when the text ends before.
    bool skipBlank();

    /// Position in the text of the source that corresponds to the current byte.
    std::uint64_t sourceOffset() const { return sourceOffsetAt(m_cursor); }
    /// How far the text was read: behind the byte that was consumed last, or its end.
    std::uint64_t readOffset() const { return isAtEnd() ? sourceOffset() : consumedOffset(); }
    /// Remembers that all is well up to the byte that was consumed last.
    void mark() { m_marked = consumedOffset(); }
    /// Position in the source's text up to which all is well.
    std::uint64_t markedOffset() const { return m_marked; }

    /// Leaves a damaged place: looks from `from` on for the next object that begins as a trace event does and
    /// goes on as if the text were a list that begins with it. `from` may lie before the current byte, as far
    /// as the present piece reaches back. Returns where in the source's text the object begins; nullopt at
    /// the end of the text. O(bytes skipped).
    std::optional<std::uint64_t> resumeAtEvent(std::uint64_t from);
    /// Behind a list that resumeAtEvent() began: goes on with the members that follow as if they were an
    /// object of their own. False when none follow.
    bool resumeAtMembers();

    /// Where in the source's text the list of events goes on: behind the byte that was consumed last. None
    /// where that lies in a piece that is gone.
    std::optional<std::uint64_t> listPosition() const;
    /// Goes on with `prefix`, then with what has not been consumed.
    void continueWith(std::string_view prefix);
    /// Goes on with `prefix`, then with the source's text from `offset` on, which is read between two events
    /// and lies in the present piece, or at its end.
    void continueAt(std::uint64_t offset, std::string_view prefix);
    /// Leaves the present piece unread; false at the end of the text. continueAt() has to follow.
    bool skipPiece();
    /// Where the present piece ends in the source's text.
    std::uint64_t pieceEnd() const { return m_pieceOffset + m_piece.size(); }

    /// Of what was consumed.
    Counts counts();

    /// Feeds a strict parser; the default-constructed one is the end.
    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = char;
        using difference_type = std::ptrdiff_t;
        using pointer = const char*;
        using reference = char;

        Iterator() = default;
        explicit Iterator(JsonCleaner& cleaner) : m_cleaner(&cleaner) {}

        char operator*() const { return m_cleaner->current(); }
        Iterator& operator++()
        {
            m_cleaner->advance();
            return *this;
        }
        void operator++(int) { m_cleaner->advance(); }
        friend bool operator==(const Iterator& a, const Iterator& b) { return a.isEnd() == b.isEnd(); }

    private:
        bool isEnd() const { return !m_cleaner || m_cleaner->isAtEnd(); }
        JsonCleaner* m_cleaner = nullptr;
    };

private:
    enum class State { Between, Token, String, Escape, Unicode, Utf8 };

    void refill();
    bool fetchPiece();
    void cleanSome();
    void clean(std::size_t end);
    std::uint64_t sourceOffsetAt(std::size_t cursor) const;
    std::uint64_t consumedOffset() const
    {
        return m_cursor == 0 ? m_behindOutput : sourceOffsetAt(m_cursor - 1) + 1;
    }
    std::size_t cleanBetween(std::string_view text, std::size_t at);
    std::size_t cleanString(std::string_view text, std::size_t at);
    void finishToken();
    bool takeEscape(char c);
    bool takeHexDigit(char c);
    bool takeContinuation(char c);
    void beginUtf8(char c);
    void emit(std::string_view bytes) { m_output += bytes; }
    void emitInString(std::string_view bytes);
    void flushComma(std::size_t at);
    void flushSurrogate();
    void markOffset(std::size_t inputAt);
    void markSource(std::uint64_t source);
    static std::vector<std::pair<std::size_t, std::uint64_t>> prefixOffsets(std::string_view prefix,
                                                                            std::uint64_t offset);
    void note(std::uint64_t Counts::*what) { m_pending.emplace_back(m_output.size(), what); }
    void countConsumed();
    void forgetOutput();

    TextSource& m_source;
    std::string m_output;
    std::size_t m_cursor = 0;
    std::string_view m_piece;        // of the source, as it was handed out
    std::size_t m_cleaned = 0;       // bytes of it that were made fit
    std::size_t m_share;             // bytes to make fit at a time: few behind a damaged place
    std::uint64_t m_pieceOffset = 0; // of the current piece in the source's text
    std::uint64_t m_marked = 0;      // in the source's text
    std::vector<std::pair<std::size_t, std::uint64_t>> m_offsets; // output position, source position
    std::uint64_t m_behindOutput = 0; // of the last byte of the output before, in the source's text

    State m_state = State::Between;
    bool m_hasComma = false;
    std::string m_token;
    std::uint64_t m_tokenSource = 0; // where it begins
    std::string m_hex;
    std::string m_highSurrogate; // four hex digits that wait for the low half
    std::string m_sequence;      // UTF-8 bytes so far
    std::size_t m_sequenceLength = 0;
    std::size_t m_stringBytes = 0;
    Counts m_counts;
    std::vector<std::pair<std::size_t, std::uint64_t Counts::*>> m_pending; // by output position
};

} // namespace stepscope
