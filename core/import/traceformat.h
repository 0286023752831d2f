#pragma once

#include "core/base/result.h"
#include "core/trace/captureinfo.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace stepscope {

struct TraceFormatProbe {
    TraceFormat format = TraceFormat::KinetoJson;
    bool isGzip = false;
    std::uint64_t fileBytes = 0;
};

/// First phase of opening: what the file is by its content, never by its name. Reads at most a few hundred
/// KiB. What is no trace of a known kind is refused with what it looks like (formats.md §1.1, §2.10).
Result<TraceFormatProbe> probeTrace(const std::string& path);

/// The decision for JSON from the first bytes of its text: nothing wrong so far, or why it is refused.
/// `isWhole` says that `head` is the whole text.
Result<Done> checkJsonHead(std::string_view head, bool isWhole);

} // namespace stepscope
