#pragma once

#include "tests/truth/gatecorpus/corpuscapture.h"

#include <vector>

namespace stepscope::gatecorpus {

/// A sound capture of a sound server: no gate may fail.
struct CleanCapture {
    const char* name;
    CorpusCapture (*make)();
    std::vector<Format> formats;
};

/// Forty worked steps with vLLM's annotations.
CorpusCapture workedCapture();

const std::vector<CleanCapture>& cleanCaptures();

} // namespace stepscope::gatecorpus
