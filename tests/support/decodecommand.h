#pragma once

#include "tests/support/kinetooptions.h"
#include "tests/support/loopdescription.h"
#include "tests/support/nsysoptions.h"
#include "tests/support/stepbuilder.h"

#include <cstdint>
#include <string>
#include <vector>

namespace stepscope::testsupport {

/// The `decode` command of stepscope-make-trace: a decode loop of any size, streamed into a file.
class DecodeCommand {
public:
    /// Throws std::invalid_argument on an option that it does not know.
    explicit DecodeCommand(const std::vector<std::string>& arguments);

    static std::string help();

    LoopDescription loop() const;
    /// Writes the file, or with several ranks and kineto the files. Returns the number of rows.
    std::int64_t run() const;

private:
    HostGap hostGap() const;
    StepSpec step() const;

    std::string m_path;
    std::int64_t m_steps = 200;
    int m_kernels = 40;
    Nanos m_kernelTime = 4000;
    Nanos m_gap = 4000000;
    int m_pieces = 1; // 0: eager
    int m_drafts = 0;
    int m_ranks = 1;
    Nanos m_skew = 150000;
    std::int64_t m_prefills = 0;
    bool m_async = false;
    AnnotationStyle m_annotation = AnnotationStyle::None;
    JitterSpec m_jitter;
    FaultSpec m_faults;
    HostRows m_hostRows;
    KinetoOptions m_kineto;
    NsysOptions m_nsys;
};

} // namespace stepscope::testsupport
