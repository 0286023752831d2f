#include "core/import/jsoncleaner.h"
#include "core/import/kinetoimporter.h"
#include "core/import/textsource.h"
#include "core/import/traceformat.h"
#include "tests/fuzz/fuzztarget.h"
#include "tests/fuzz/scratchfile.h"
#include "tests/fuzz/traceinvariants.h"

#include <algorithm>

using namespace stepscope;
using test::require;

namespace {

/// A text in pieces of one size.
class Pieces final : public TextSource {
public:
    Pieces(std::string_view text, std::size_t pieceBytes) : m_text(text), m_pieceBytes(pieceBytes) {}

    std::string_view next() override
    {
        const std::string_view piece = m_text.substr(m_at, m_pieceBytes);
        m_at += piece.size();
        return piece;
    }
    std::uint64_t textBytes() const override { return m_at; }

private:
    std::string_view m_text;
    std::size_t m_pieceBytes;
    std::size_t m_at = 0;
};

std::uint64_t sumOf(const JsonCleaner::Counts& counts)
{
    return counts.invalidUtf8 + counts.controlCharacters + counts.badEscapes + counts.notFinite +
           counts.spareCommas + counts.longStrings;
}

struct Cleaned {
    std::string text;
    std::uint64_t repairs = 0;
};

Cleaned clean(std::string_view text, std::size_t pieceBytes)
{
    Pieces source(text, pieceBytes);
    JsonCleaner cleaner(source);
    Cleaned cleaned;
    for (; !cleaner.isAtEnd(); cleaner.advance()) {
        if (pieceBytes >= text.size())
            require(cleaner.sourceOffset() <= text.size(), "an offset lies within the text");
        cleaned.text += cleaner.current();
    }
    cleaned.repairs = sumOf(cleaner.counts());
    return cleaned;
}

void checkCleaner(std::string_view text)
{
    const Cleaned whole = clean(text, text.size());
    const Cleaned inPieces = clean(text, text.size() % 7 + 3);
    require(whole.text == inPieces.text && whole.repairs == inPieces.repairs,
            "a text is cleaned alike whatever its pieces are");
    if (whole.text.starts_with("\xef\xbb\xbf"))
        return; // the second of two byte-order marks
    const Cleaned again = clean(whole.text, text.size() + 1);
    require(again.text == whole.text && again.repairs == 0, "a clean text is left as it is");
}

void checkImport(std::string_view text)
{
    static test::ScratchFile scratch;
    scratch.write(text);
    Result<FileReader> file = FileReader::open(scratch.path());
    require(static_cast<bool>(file), "the file can be read");
    NoProgress progress;
    TraceBuilder builder(TraceFormat::KinetoJson);
    if (!KinetoImporter::read(*file, false, progress, builder))
        return;
    const Trace trace = builder.build();
    test::checkTrace(trace);
    const std::uint64_t events = test::rowsCounted(trace);
    require(events <= static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '}')),
            "no more events than objects that are closed");
    require(test::rowsTaken(trace) <= events, "no more rows than events");
    require(trace.capture().textBytes == text.size(), "the text was read to its end");
}

} // namespace

/// The text of a kineto trace.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view text = test::textOf(data, size);
    static_cast<void>(checkJsonHead(text, true));
    checkCleaner(text);
    checkImport(text);
    return 0;
}
