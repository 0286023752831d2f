#pragma once

#include "tests/support/loopdescription.h"
#include "tests/support/loopgenerator.h"
#include "tests/support/nsysoptions.h"
#include "tests/support/truth.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace stepscope::testsupport {

// The cases 1 to 10 of definitions.md 12 with their exact answers. (11 is about parsing a number, 12 about an
// interval: they need no trace.) All times are multiples of 1000 ns, so that every writer option is exact.

/// The whole of one device. "busy" counts kernels, graph spans, copies and memsets.
struct DeviceAnswer {
    DeviceKey device;
    Nanos firstBegin = 0;
    Nanos busy = 0;
    Nanos gapSum = 0;
    std::int64_t gapCount = 0;
    Nanos largestGap = 0;
    Nanos span = 0;
};

/// One clean step from boundary to boundary, equal for all clean steps of all devices.
struct StepAnswer {
    Nanos cadence = 0;
    WindowTruth budget;
    std::map<std::string, Nanos> idleClasses; ///< definitions.md 3, by name; sum to budget.idle
    Nanos innerIdle = 0;                      ///< the part of the idle that lies in front of later launches
};

struct ClosedFormAnswer {
    std::vector<DeviceAnswer> devices;
    StepAnswer step;
    std::int64_t boundaries = 0;      ///< per device
    std::vector<Nanos> boundaryTimes; ///< of the first device, in order
    FaultCounts faults;
    std::string verdict; ///< class of definitions.md 9; "withheld" for the whole trace of case 4
};

struct ClosedFormCase {
    int number = 0;
    std::string name;
    LoopDescription loop;
    ClosedFormAnswer answer;
    NsysGraphLevel graphLevel = NsysGraphLevel::Node; ///< the level for which the answers hold
};

ClosedFormCase workedStepCase();       ///< 1
ClosedFormCase fastLoopCase();         ///< 2
ClosedFormCase asyncLoopCase();        ///< 3
ClosedFormCase prefillFirstCase();     ///< 4
ClosedFormCase hiddenCommCase();       ///< 5
ClosedFormCase exposedCommCase();      ///< 6
ClosedFormCase piecewiseCase();        ///< 7
ClosedFormCase eightRanksCase();       ///< 8
ClosedFormCase graphLevelCase();       ///< 9, nsys only: kineto never has graph spans
ClosedFormCase contaminatedRowsCase(); ///< 10

/// By number, 1 to 10; std::out_of_range otherwise.
ClosedFormCase closedFormCase(int number);
std::vector<ClosedFormCase> allClosedFormCases();

/// Puts step annotations on every step of the loop; the GPU figures do not change.
void annotate(LoopDescription& loop, AnnotationStyle style);

/// Writes the case: nsys for ".sqlite", else kineto (gzip for ".gz"; several ranks into several files).
/// Returns the paths.
std::vector<std::string> writeClosedForm(const ClosedFormCase& closedForm, const std::string& path);

} // namespace stepscope::testsupport
