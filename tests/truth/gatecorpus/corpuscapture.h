#pragma once

#include "core/base/result.h"
#include "core/gates/assessment.h"
#include "tests/support/kinetooptions.h"
#include "tests/support/loopgenerator.h"
#include "tests/support/nsysoptions.h"

#include <optional>
#include <string>

namespace stepscope::gatecorpus {

enum class Format { Nsys, NsysGraphLevel, Kineto };
const char* formatName(Format format);

/// A capture as it is made: the loop, the file, and what the user gives with it.
struct CorpusCapture {
    testsupport::LoopDescription loop = {};
    Format format = Format::Nsys;
    testsupport::NsysOptions nsys = {};
    testsupport::KinetoOptions kineto = {};
    void (*editRows)(testsupport::GeneratedTrace&) = nullptr; ///< what no description can say
    double keptBytes = 1.0;                                   ///< share of the file; the rest is cut off
    bool isOneRank = true;     ///< kineto: the first rank's file; false: all ranks in one
    bool isWholeTrace = false; ///< the window: from first to last operation, else the automatic one

    double tokens = 1.0; ///< true ones of a step
    DriverRecord clean = {};
    DriverRecord profiled = {};
    AssessmentInput input = {};

    testsupport::StepSpec& step() { return loop.ranks.front().segments.front().step; }
};

/// Fills both records with what a driver measures of this loop: the median true step, no failure.
void measureRounds(CorpusCapture& capture);

/// What the program makes of it; the error where it refuses the file.
Result<Assessment> assess(const CorpusCapture& capture, const std::string& path);

} // namespace stepscope::gatecorpus
