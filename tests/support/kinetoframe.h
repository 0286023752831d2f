#pragma once

#include "tests/support/kinetooptions.h"

#include <string>

namespace stepscope::testsupport {

/// What a kineto file holds before and after its events.
class KinetoFrame {
public:
    KinetoFrame(const TraceHeader& header, const KinetoOptions& options);

    const KinetoClock& clock() const { return m_clock; }
    /// All processes of the header, or the one of options.rank.
    const std::vector<ProcessInfo>& processes() const { return m_processes; }

    /// From the first byte to the opening bracket of traceEvents.
    std::string head() const;
    /// Names of processes and threads, the profiler's own span and instants; each event ends with a separator
    /// except the last. `end` is the last time seen.
    std::string closingEvents(Nanos end) const;
    /// From the closing bracket of traceEvents to the last byte.
    std::string tail() const;

private:
    void appendDevices(std::string& out) const;
    void appendVersions(std::string& out) const;
    void appendDistributedInfo(std::string& out) const;
    void appendBase(std::string& out) const;
    void appendMetadata(std::string& out, const char* what, int pid, int tid,
                        const std::string& arguments) const;
    void appendProcess(std::string& out, int pid, const std::string& name, const std::string& label,
                       int sortIndex) const;

    TraceHeader m_header;
    KinetoOptions m_options;
    std::vector<ProcessInfo> m_processes;
    KinetoClock m_clock;
};

} // namespace stepscope::testsupport
