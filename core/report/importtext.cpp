#include "core/report/importtext.h"

#include "core/report/numbertext.h"

namespace stepscope {

namespace {

struct ImportText {
    std::string_view word;
    const char* plain;       ///< %1 the count
    const char* withExample; ///< %2 the first example
};

ImportText importTextOf(ImportCode code)
{
    switch (code) {
    case ImportCode::NegativeDuration:
        return {"negative_duration", STEPSCOPE_TR("Rows that end before they begin, left out: %1"),
                STEPSCOPE_TR("Rows that end before they begin, left out: %1 (first: %2)")};
    case ImportCode::AbsurdDuration:
        return {"absurd_duration", STEPSCOPE_TR("GPU rows longer than 10 s, left out: %1"),
                STEPSCOPE_TR("GPU rows longer than 10 s, left out: %1 (first: %2)")};
    case ImportCode::ZeroTimestamp:
        return {
            "zero_timestamp",
            STEPSCOPE_TR("GPU rows that begin at time 0, which means no time was recorded, left out: %1"),
            STEPSCOPE_TR(
                "GPU rows that begin at time 0, which means no time was recorded, left out: %1 (first: %2)")};
    case ImportCode::NoTimeCollected:
        return {"no_time_collected",
                STEPSCOPE_TR("Graph launches whose GPU time was not collected, left out: %1"),
                STEPSCOPE_TR("Graph launches whose GPU time was not collected, left out: %1 (first: %2)")};
    case ImportCode::BadCell:
        return {"bad_cell", STEPSCOPE_TR("Rows with a cell of the wrong type, left out: %1"),
                STEPSCOPE_TR("Rows with a cell of the wrong type, left out: %1 (first: %2)")};
    case ImportCode::BadEvent:
        return {"bad_event", STEPSCOPE_TR("Events without usable times or device, left out: %1"),
                STEPSCOPE_TR("Events without usable times or device, left out: %1 (first: %2)")};
    case ImportCode::DamagedPart:
        return {"damaged_part", STEPSCOPE_TR("Damaged places that could not be read: %1"),
                STEPSCOPE_TR("Damaged places that could not be read: %1 (first: %2)")};
    case ImportCode::TruncatedGzip:
        return {"truncated_gzip", STEPSCOPE_TR("The file is cut short: its compressed data has no end"),
                STEPSCOPE_TR("The file is cut short: %2")};
    case ImportCode::TruncatedJson:
        return {
            "truncated_json", STEPSCOPE_TR("The text has no end; the events before the cut were kept"),
            STEPSCOPE_TR("The text has no end, it breaks off at %2; the events before the cut were kept")};
    case ImportCode::DamagedJson:
        return {
            "damaged_json",
            STEPSCOPE_TR("Places where the text is damaged: %1; the events before and behind were kept"),
            STEPSCOPE_TR(
                "Places where the text is damaged: %1; the events before and behind were kept (first: %2)")};
    case ImportCode::DamagedGzip:
        return {"damaged_gzip",
                STEPSCOPE_TR("The compressed data is damaged; what was decoded before was kept"),
                STEPSCOPE_TR("The compressed data is damaged at %2; what was decoded before was kept")};
    case ImportCode::TruncatedDatabase:
        return {"truncated_database", STEPSCOPE_TR("The database is cut short; its whole pages were read"),
                STEPSCOPE_TR("The database is cut short, %2; its whole pages were read")};
    case ImportCode::DamagedDatabase:
        return {
            "damaged_database",
            STEPSCOPE_TR("Damaged places in tables: %1; the rows before and behind were kept"),
            STEPSCOPE_TR("Damaged places in tables: %1; the rows before and behind were kept (first: %2)")};
    case ImportCode::CaptureDiagnostic:
        return {"capture_diagnostic", STEPSCOPE_TR("The profiler says that records are missing: %1×"),
                STEPSCOPE_TR("The profiler says that records are missing (%1×): %2")};
    case ImportCode::CaptureError:
        return {"capture_error", STEPSCOPE_TR("The profiler reports a failure: %1×"),
                STEPSCOPE_TR("The profiler reports a failure (%1×): %2")};
    case ImportCode::PendingWal:
        return {
            "pending_wal", STEPSCOPE_TR("A -wal file with rows that were not read lies beside the database"),
            STEPSCOPE_TR(
                "A -wal file with rows that were not read lies beside the database (%2); close the program "
                "that writes it and open again")};
    case ImportCode::ZeroDuration:
        return {"zero_duration", STEPSCOPE_TR("GPU rows of no length, kept: %1"),
                STEPSCOPE_TR("GPU rows of no length, kept: %1 (first: %2)")};
    case ImportCode::WholeMicroseconds:
        return {"whole_microseconds",
                STEPSCOPE_TR("All times are whole microseconds: short gaps are distorted"),
                STEPSCOPE_TR("All times are whole microseconds: short gaps are distorted (%2)")};
    case ImportCode::UnknownSchema:
        return {"unknown_schema",
                STEPSCOPE_TR("The export has a schema never seen before; figures may be incomplete"),
                STEPSCOPE_TR("The export has schema %2, never seen before; figures may be incomplete")};
    case ImportCode::PartialExport:
        return {"partial_export", STEPSCOPE_TR("The export holds only a part of the report"),
                STEPSCOPE_TR("The export holds only a part of the report: %2")};
    case ImportCode::ShiftedExport:
        return {"shifted_export", STEPSCOPE_TR("The export moved all times"),
                STEPSCOPE_TR("The export moved all times: %2")};
    case ImportCode::DeviceFromPid:
        return {"device_from_pid", STEPSCOPE_TR("GPU rows without a device number, placed by their lane: %1"),
                STEPSCOPE_TR("GPU rows without a device number, placed by their lane: %1 (first: %2)")};
    case ImportCode::SkippedRows:
        return {"skipped_rows", STEPSCOPE_TR("Rows of kinds that are not used: %1"),
                STEPSCOPE_TR("Rows of kinds that are not used: %1 (first: %2)")};
    case ImportCode::InvalidUtf8:
        return {"invalid_utf8", STEPSCOPE_TR("Bytes in names that are no text, replaced: %1"),
                STEPSCOPE_TR("Bytes in names that are no text, replaced: %1 (first: %2)")};
    case ImportCode::SeveralDocuments:
        return {"several_documents", STEPSCOPE_TR("Text after the end of the trace was ignored"),
                STEPSCOPE_TR("Text after the end of the trace, from %2 on, was ignored")};
    case ImportCode::LongName:
        return {"long_name", STEPSCOPE_TR("Texts cut to 64 KiB: %1"),
                STEPSCOPE_TR("Texts cut to 64 KiB: %1 (first: %2)")};
    case ImportCode::MissingName:
        return {"missing_name", STEPSCOPE_TR("Names that the file does not hold, shown as their number: %1"),
                STEPSCOPE_TR("Names that the file does not hold, shown as their number: %1 (first: %2)")};
    case ImportCode::IrregularJson:
        return {"irregular_json", STEPSCOPE_TR("Places that are not quite JSON, read all the same: %1"),
                STEPSCOPE_TR("Places that are not quite JSON, read all the same: %1 (%2)")};
    case ImportCode::TrailingBytes:
        return {"trailing_bytes", STEPSCOPE_TR("Bytes after the end of the compressed data, ignored: %1"),
                STEPSCOPE_TR("Bytes after the end of the compressed data, ignored: %1 (%2)")};
    case ImportCode::LeftOutPython:
        return {"left_out_python",
                STEPSCOPE_TR("Python frames left out as asked; they have no say in the budget: %1"),
                STEPSCOPE_TR("Python frames left out as asked; they have no say in the budget: %1 (%2)")};
    case ImportCode::SkippedFile:
        return {"skipped_file", STEPSCOPE_TR("Files without GPU work, left out: %1"),
                STEPSCOPE_TR("Files without GPU work, left out: %1 (first: %2)")};
    case ImportCode::CaptureNote:
        return {"capture_note", STEPSCOPE_TR("Remarks of the profiler: %1"),
                STEPSCOPE_TR("Remarks of the profiler (%1×): %2")};
    case ImportCode::DuplicateKey:
        return {"duplicate_key", STEPSCOPE_TR("Names given twice in one place; the last one counts: %1"),
                STEPSCOPE_TR("Names given twice in one place; the last one counts: %1 (first: %2)")};
    case ImportCode::FoldedLanes:
        return {
            "folded_lanes",
            STEPSCOPE_TR("Rows of so many threads, streams or GPUs that the last ones share a lane: %1"),
            STEPSCOPE_TR(
                "Rows of so many threads, streams or GPUs that the last ones share a lane: %1 (first: %2)")};
    }
    return {"unknown", "%1", "%1 (%2)"};
}

} // namespace

Sentence importSentence(const ImportEntry& entry)
{
    const ImportText text = importTextOf(entry.code);
    if (entry.examples.empty())
        return {text.plain, {grouped(entry.count)}};
    return {text.withExample, {grouped(entry.count), entry.examples.front()}};
}

std::string_view importCodeWord(ImportCode code)
{
    return importTextOf(code).word;
}

const char* importSeverityWord(ImportSeverity severity)
{
    switch (severity) {
    case ImportSeverity::Info:
        return STEPSCOPE_TR("info");
    case ImportSeverity::DataLoss:
        return STEPSCOPE_TR("data loss");
    case ImportSeverity::Error:
        return STEPSCOPE_TR("error");
    }
    return "";
}

} // namespace stepscope
