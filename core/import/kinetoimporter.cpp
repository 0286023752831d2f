#include "core/import/kinetoimporter.h"

#include "core/import/eventpipeline.h"
#include "core/import/gzipstream.h"
#include "core/import/jsoncleaner.h"
#include "core/import/kinetocollector.h"
#include "core/import/kinetometadata.h"
#include "core/import/kinetoparser.h"
#include "core/import/kinetosax.h"

namespace stepscope {

namespace {

void logCleaning(const JsonCleaner::Counts& counts, ImportLog& log)
{
    if (counts.invalidUtf8 > 0)
        log.add(ImportCode::InvalidUtf8, {}, counts.invalidUtf8);
    if (counts.longStrings > 0)
        log.add(ImportCode::LongName, {}, counts.longStrings);
    const auto irregular = [&log](std::uint64_t count, const char* what) {
        if (count > 0)
            log.add(ImportCode::IrregularJson, std::to_string(count) + " × " + what, count);
    };
    irregular(counts.controlCharacters, "raw control character in a string");
    irregular(counts.badEscapes, "backslash that escapes nothing");
    irregular(counts.spareCommas, "comma too many");
    irregular(counts.notFinite, "NaN, Infinity or a number beyond all bounds, read as null");
}

/// Reads on behind the document: completes the hash, the gzip check sums, and sees what follows.
bool readRest(JsonCleaner& text)
{
    bool somethingFollows = false;
    for (; !text.isAtEnd(); text.advance()) {
        const char c = text.current();
        somethingFollows = somethingFollows || (c != ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\0');
    }
    return somethingFollows;
}

std::optional<Error> errorOf(const GzipStream& stream)
{
    switch (stream.fault()) {
    case GzipStream::Fault::Cancelled:
        return Error{ErrorCode::Cancelled, {}};
    case GzipStream::Fault::Suspicious:
        return Error{ErrorCode::SuspiciousGzip, stream.faultDetail()};
    case GzipStream::Fault::Unreadable:
        return Error{ErrorCode::FileNotReadable, stream.faultDetail()};
    default:
        return std::nullopt;
    }
}

} // namespace

Result<Done> KinetoImporter::read(FileReader& file, bool isGzip, Progress& progress, TraceBuilder& builder,
                                  const ImportOptions& options)
{
    RelayedProgress relayed;
    GzipStream stream(file, isGzip, relayed, options.acceptsExpansion);
    EventPipeline pipeline(stream, options.blockBytes, relayed, progress);
    JsonCleaner text(pipeline);
    KinetoCollector collector(builder, options);
    KinetoMetadata metadata;
    KinetoSax sax(text, collector, metadata);
    KinetoParser parser(text, sax, collector, options.scansEvents ? &pipeline : nullptr);
    parser.run();
    const std::string readTo = "byte " + std::to_string(text.readOffset()) + " of the text";
    const bool somethingFollows = parser.isWhole() && readRest(text);
    pipeline.finish();
    relayed.relay(progress);
    if (const std::optional<Error> error = errorOf(stream))
        return *error;
    stream.skipToEnd();
    if (progress.isCancelled())
        return Error{ErrorCode::Cancelled, {}};

    if (collector.wholeEvents() == 0 && !parser.isWhole()) {
        if (stream.fault() != GzipStream::Fault::None)
            return Error{ErrorCode::DamagedGzip, stream.faultDetail()};
        return Error{ErrorCode::DamagedJson, parser.firstFault()};
    }
    if (!sax.hasEventArray())
        return Error{ErrorCode::UnknownFormat, "a JSON object without \"traceEvents\""};

    ImportLog& log = builder.log();
    if (stream.fault() == GzipStream::Fault::Truncated)
        log.add(ImportCode::TruncatedGzip, stream.faultDetail());
    if (stream.fault() == GzipStream::Fault::Damaged)
        log.add(ImportCode::DamagedGzip, stream.faultDetail());
    if (const std::uint64_t inside = parser.faults() - (parser.endsEarly() ? 1 : 0); inside > 0)
        log.add(ImportCode::DamagedJson, parser.firstFault(), inside);
    if (parser.endsEarly())
        log.add(ImportCode::TruncatedJson, readTo);
    if (somethingFollows)
        log.add(ImportCode::SeveralDocuments, readTo);
    builder.capture().damage = parser.takePlaces();
    if (stream.trailingBytes() > 0)
        log.add(ImportCode::TrailingBytes, {}, stream.trailingBytes());
    logCleaning(text.counts(), log);
    collector.finish(metadata);
    metadata.apply(builder.capture(), log);
    builder.capture().textBytes = stream.textBytes();
    return Done{};
}

} // namespace stepscope
