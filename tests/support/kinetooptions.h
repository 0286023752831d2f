#pragma once

#include "tests/support/kinetotext.h"

#include <cstdint>
#include <optional>

namespace stepscope::testsupport {

enum class KinetoStyle {
    Modern,     ///< torch 2.4 and later on NVIDIA
    Legacy2021, ///< cat Kernel, Memcpy, Runtime; tid "stream 7"; "external id"; implies WholeMicros
    Rocm        ///< hip names, kind, cid; no GPU mirror of annotations
};

struct KinetoOptions {
    KinetoStyle style = KinetoStyle::Modern;
    KinetoTime time = KinetoTime::Relative;
    Nanos timeZero = 4632475768000000; ///< Relative: ts of file clock 0, in ns; the base follows from it
    bool trimZeros = false;            ///< "236.2" for "236.200", as a tool that rewrote the file leaves it
    bool baseAfterEvents = false; ///< displayTimeUnit and baseTimeNanoseconds after traceEvents (2024/25)
    bool gzip = true;
    int gzipLevel = 6;

    std::optional<int> rank = {}; ///< only this rank's rows, as each worker writes its own file; else all
    bool hostRows = true;         ///< cuda_runtime, cuda_driver, cpu_op, user_annotation
    bool flows = false;           ///< ac2g
    bool gpuAnnotations = true;
    bool graphNodeIds = false; ///< "graph id" and "graph node id" in kernel args, since 2026-02
    bool metadataEvents = true;
    bool windowEnd = true; ///< the "Record Window End" instant, last event of a whole file
    bool deviceProperties = true;
    bool versions = true;
    int runtimeVersion = 13000;   ///< of CUDA, in `versions`; the driver's is 13000
    bool distributedInfo = false; ///< written anyway when the trace has several ranks

    std::int64_t cutJsonAt = -1; ///< the JSON ends after so many bytes
    std::int64_t cutFileAt = -1; ///< the file does: with gzip in the middle of a compressed block
};

} // namespace stepscope::testsupport
