#pragma once

#include "core/base/filehash.h"
#include "core/base/time.h"
#include "core/trace/damagedplace.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepscope {

enum class TraceFormat { NsysSqlite, KinetoJson };

/// One of several files that were opened as one trace.
struct CaptureFile {
    std::string path;
    FileHash sha256;
    std::uint64_t fileBytes = 0;
    std::optional<int> rank;           ///< what the file says, else what its name says
    Duration shift = Duration::zero(); ///< file clock of the trace = this file's clock + shift
    TimeRange gpuExtent;               ///< of its GPU work, on the trace's file clock
};

/// The facts of a set that say how its clocks were brought together begin so; the rank follows.
inline constexpr std::string_view clockFact = "clock, ";

/// How a trace came about and what its file says of itself. Values as the file spells them.
struct CaptureInfo {
    TraceFormat format = TraceFormat::KinetoJson;
    std::string path; ///< as it was opened; of several files the folder, or "first + n more"
    FileHash sha256;  ///< of the file's bytes; of several, of their sorted hashes, a line each
    std::uint64_t fileBytes = 0;
    std::uint64_t textBytes = 0; ///< of the JSON after decompression; 0 for a database

    std::string tool;          ///< "Nsight Systems 2025.5.2.266", "PyTorch profiler"
    std::string schemaVersion; ///< export schema of a database, schemaVersion of a JSON trace
    bool isGraphMode = false;  ///< the capture's settings say --cuda-graph-trace=graph
    bool withStack = false;
    std::optional<int> rank;
    std::optional<int> worldSize;

    /// The ranks of a set, in the order they were read; empty where one file was opened.
    std::vector<CaptureFile> files;

    /// In the order they were met; empty for a whole file.
    std::vector<DamagedPlace> damage;

    /// File clock at the trace start: file time in ns = origin + TimePoint.
    std::int64_t origin = 0;
    /// UTC in ns = base + file time, where the file says so.
    std::optional<std::int64_t> baseTime;

    /// Further facts in file order: ("cupti_version", "28"), ("GPU 0", "NVIDIA H100 80GB HBM3"), …
    std::vector<std::pair<std::string, std::string>> facts;
    /// Rows or events of each kind in the file: ("kernel", 41600), ("CUPTI_ACTIVITY_KIND_MEMCPY", 300), …
    std::vector<std::pair<std::string, std::uint64_t>> contents;
};

} // namespace stepscope
