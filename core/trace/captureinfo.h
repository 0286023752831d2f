#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stepscope {

enum class TraceFormat { NsysSqlite, KinetoJson };

/// How a trace came about and what its file says of itself. Values as the file spells them.
struct CaptureInfo {
    TraceFormat format = TraceFormat::KinetoJson;
    std::string path;   ///< as it was opened
    std::string sha256; ///< lower-case hex of the file's bytes
    std::uint64_t fileBytes = 0;
    std::uint64_t textBytes = 0; ///< of the JSON after decompression; 0 for a database

    std::string tool;          ///< "Nsight Systems 2025.5.2.266", "PyTorch profiler"
    std::string schemaVersion; ///< export schema of a database, schemaVersion of a JSON trace
    bool isGraphMode = false;  ///< the capture's settings say --cuda-graph-trace=graph
    bool withStack = false;
    std::optional<int> rank;
    std::optional<int> worldSize;

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
