#pragma once

#include "tests/support/loopdescription.h"

#include <string>

namespace stepscope::testsupport {

/// The trace that ships with StepScope: rank 0 of 8, a short prefill, then 144 steps of about 13.1 ms with
/// one verify graph, three drafts and about 13 % busy: plainly host-bound, good to look at. Deterministic.
LoopDescription sampleLoop();

/// Writes it as kineto JSON (gzip for ".gz"). Equal bytes on every machine with the same zlib.
void writeSample(const std::string& path);

} // namespace stepscope::testsupport
