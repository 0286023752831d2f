#pragma once

#include "tests/support/tracerows.h"

namespace stepscope::testsupport {

/// Receives rows one by one, so that a trace of any size can be written without being held.
/// The order of rows carries no meaning.
class TraceSink {
public:
    virtual ~TraceSink() = default;

    virtual void add(const GpuOp& row) = 0;
    virtual void add(const ApiCall& row) = 0;
    virtual void add(const HostRange& row) = 0;
    virtual void add(const CpuOp& row) = 0;
    virtual void add(const OverheadRow& row) = 0;
};

} // namespace stepscope::testsupport
