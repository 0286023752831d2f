#pragma once

#include "tests/truth/gatecorpus/corpuscapture.h"

#include <optional>
#include <vector>

namespace stepscope::gatecorpus {

/// One way in which a capture goes wrong, and what definitions.md §11 says of it.
struct FaultCapture {
    const char* name;
    std::vector<Format> formats;
    void (*spoil)(CorpusCapture&);    ///< the loop or the file; the driver measures the server as it is then
    void (*misstate)(CorpusCapture&); ///< what the user gives with it; may be null
    GateId gate;
    GateState state;
    EvidenceCode code;                     ///< the row that decides the gate
    std::optional<GateId> alsoFails = {};  ///< by a row of its own in the same table
    std::optional<ErrorCode> refused = {}; ///< the file is not opened at all
};

/// The server or its driver did something else: gates 1, 3, 6.
const std::vector<FaultCapture>& serverFaults();
/// The recording lost or bent something: gates 0, 2, 4.
const std::vector<FaultCapture>& recordingFaults();

} // namespace stepscope::gatecorpus
