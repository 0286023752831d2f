#pragma once

#include <cstdint>

namespace stepscope {

/// Which reading of files a Trace is the result of. Raise it with every change after which some file would
/// give another Trace: of an importer, of TraceBuilder, of which Python frames are kept. Traces that were
/// kept by a program with another number are imported again.
inline constexpr std::uint32_t importVersion = 2;

} // namespace stepscope
