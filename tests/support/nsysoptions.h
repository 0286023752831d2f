#pragma once

#include "tests/support/nsysschema.h"
#include "tests/support/tracerows.h"

#include <string>
#include <vector>

namespace stepscope::testsupport {

enum class NsysGraphLevel {
    Node, ///< every node a row with graphNodeId, all with the launch's correlationId
    Graph ///< one GRAPH_TRACE row a replay, nothing of what is inside
};

/// One row of DIAGNOSTIC_EVENT (formats.md 1.9).
struct NsysDiagnostic {
    Nanos timestamp = 0;
    int source = 1;   ///< 1 injection, 2 daemon, 3 analysis
    int severity = 1; ///< 1 info, 2 warning, 3 error
    std::string text = {};
};

struct NsysOptions {
    NsysSchema schema = NsysSchema::V3_25_0;
    NsysGraphLevel graphLevel = NsysGraphLevel::Node;
    bool lazyTables = true;
    bool nvtx = true;
    bool apiCalls = true;    ///< RUNTIME and SYNCHRONIZATION
    bool gpuInfo = true;     ///< TARGET_INFO_GPU
    bool cudaDevice = true;  ///< TARGET_INFO_CUDA_DEVICE, where the generation has it
    bool metaTables = true;  ///< META_DATA_EXPORT and _CAPTURE, or EXPORT_META_DATA
    bool enumTables = true;  ///< where the generation has them
    bool graphTables = true; ///< CUDA_GRAPH_EVENTS, CUDA_GRAPH_NODE_EVENTS
    bool diagnostics = true; ///< the usual healthy rows, where the generation has the table
    std::vector<NsysDiagnostic> moreDiagnostics = {};
};

} // namespace stepscope::testsupport
