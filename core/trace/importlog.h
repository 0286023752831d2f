#pragma once

#include "core/base/ids.h"
#include "core/base/time.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stepscope {

/// An oddity met while reading a trace. The sentence for each code stands in core/report/importtext.cpp.
enum class ImportCode {
    // rows that were left out: data loss
    NegativeDuration, ///< end before begin
    AbsurdDuration,   ///< GPU work longer than 10 s (domain.md §6.4)
    ZeroTimestamp,    ///< begins at 0: no time was collected, or the clock is far from 0
    NoTimeCollected,  ///< a GRAPH_TRACE row with begin = end = 0 (CUPTI: no time was collected)
    BadCell,          ///< a cell of another type than its column promises, or out of range
    BadEvent,         ///< an event whose needed members are missing or of another type
    DamagedPart,      ///< bytes or pages that could not be read; the count is what is known to be lost
    // the file says or shows that it is not whole
    TruncatedGzip,
    TruncatedJson,
    DamagedJson,
    DamagedGzip,
    TruncatedDatabase,
    DamagedDatabase,
    CaptureDiagnostic, ///< the tool's own message about missing events
    CaptureError,      ///< the tool's own message about a failure
    PendingWal,        ///< a -wal file with content lies beside the database; it was not read
    // worth knowing
    ZeroDuration,      ///< counted, adds nothing to a union
    WholeMicroseconds, ///< all times are whole µs: short gaps are distorted
    UnknownSchema,     ///< an export schema never seen
    PartialExport,     ///< the export was made with a time or table filter
    ShiftedExport,     ///< EXPORT_PARAM_TIME_SHIFT or TIME_NORMALIZE is set
    DeviceFromPid,     ///< no device argument: taken from the lane's pid
    SkippedRows,       ///< rows of a kind that is not used (detail: the kind)
    InvalidUtf8,       ///< bytes of a name were replaced
    SeveralDocuments,  ///< text after the end of the JSON document was ignored
    LongName,          ///< a name was cut to 64 KiB
    MissingName,       ///< a name id without text; shown as the id
    IrregularJson,     ///< not quite JSON, and read all the same (detail: what)
    TrailingBytes,     ///< bytes behind the end of the gzip data were ignored
    LeftOutPython,     ///< Python frames that were left out as the user asked
    SkippedFile,       ///< a file of a set without GPU work (detail: its name)
    CaptureNote,       ///< the tool's own remark that concerns no GPU activity
    DuplicateKey,      ///< a name given twice in one JSON object; the last one counts
    FoldedLanes,       ///< rows of threads, streams or GPUs beyond a bound, put together in one lane
};

enum class ImportSeverity { Info, DataLoss, Error };

ImportSeverity severityOf(ImportCode code);

/// Where the row of an example lies, or would lie.
struct ImportPlace {
    TimePoint time;  ///< on the clock of the trace; while its file is read, on the file's
    DeviceId device; ///< none where it is not of one device, or not known

    friend bool operator==(const ImportPlace&, const ImportPlace&) = default;
};

struct ImportEntry {
    ImportCode code;
    std::uint64_t count = 0;
    std::vector<std::string> examples;                   ///< the first few, technical and untranslated
    std::vector<std::optional<ImportPlace>> places = {}; ///< of each example, where its time is known
};

/// Counted diagnostics of one import, in order of first appearance.
class ImportLog {
public:
    static constexpr std::size_t examplesKept = 3;
    static constexpr std::size_t longestExample = 400; ///< bytes; what is beyond is cut away

    void add(ImportCode code, std::string_view example = {}, std::uint64_t count = 1);
    void add(ImportCode code, const ImportPlace& place, std::string_view example, std::uint64_t count = 1);
    std::uint64_t count(ImportCode code) const;
    const std::vector<ImportEntry>& entries() const { return m_entries; }
    /// Rows known to be lost: the sum over all entries of severity DataLoss.
    std::uint64_t rowsLost() const;
    /// Whether the file ends early or is damaged.
    bool isDamaged() const;

    /// Takes over what another file's log holds, `prefix` before each example, or as the only one.
    void append(const ImportLog& other, const std::string& prefix);
    /// Moves all places by `shift`; one that leaves 64 bits is forgotten.
    void movePlaces(Duration shift);
    /// Device i of the places is `newIds[i]` from now on.
    void renameDevices(std::span<const DeviceId> newIds);

private:
    friend class TraceColumns;
    ImportEntry& entryOf(ImportCode code);
    const ImportEntry* find(ImportCode code) const;
    void addExample(ImportCode code, const std::optional<ImportPlace>& place, std::string_view example,
                    std::uint64_t count);

    std::vector<ImportEntry> m_entries;
};

} // namespace stepscope
