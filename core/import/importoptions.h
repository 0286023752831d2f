#pragma once

#include "core/trace/tracepreview.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace stepscope {

/// What the user answered to the questions that a big or suspicious file raises, and what the machine has.
struct ImportOptions {
    /// When set, Python frames that do not decide anything are left out: those whose name it declines, but
    /// for the outermost of each thread. Called once a name, from the importing thread.
    std::function<bool(std::string_view name)> keepsPythonFrame = {};
    /// Reads on where a gzip file expands as no trace does.
    bool acceptsExpansion = false;
    /// Bytes that the trace may take, its index included; 0: as many as it needs.
    std::uint64_t memoryLimit = 0;
    /// Without, every event of a JSON trace goes through the JSON library: slow, and what tests compare with.
    bool scansEvents = true;
    /// Of JSON text that is worked on at a time, about.
    std::size_t blockBytes = std::size_t{1} << 20;
    /// The file that the one which is read was made of; CaptureInfo names, measures and hashes that one.
    std::string original = {};
    /// Where a file is so large that its hash takes a noticeable time, the hash is left for later:
    /// CaptureInfo's FileHash reads the file again when it is asked for. Not of the files of a set, which are
    /// compared by it.
    bool hashesLater = false;
    /// Where set, called from the importing thread with what can be drawn so far: first when there is GPU
    /// work, then some times a second. Of several files those whose clocks are known.
    std::function<void(const TracePreview&)> showPreview = {};
};

} // namespace stepscope
