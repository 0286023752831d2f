#pragma once

namespace stepscope {

/// What the user chose when a big or suspicious file was asked about; without a choice all is asked.
struct LoadAnswers {
    bool leavesOutPython = false;  ///< the frames that have no say in the budget
    bool acceptsExpansion = false; ///< a gzip file that expands as no trace does
    bool takesAnyMemory = false;
    /// Hashes a large file as it is read, not behind that: longer, but of the very bytes even where they
    /// change.
    bool hashesWhileReading = false;
};

} // namespace stepscope
