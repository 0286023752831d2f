#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/trace/tracebuilder.h"

#include <cstdint>
#include <optional>

namespace stepscope {

/// Stops a reader, as a cancel does, once what it read takes more memory than it may: better than being
/// killed by the system. Reports to, and is cancelled by, `whole`.
class MemoryGuard final : public Progress {
public:
    /// `limit` 0: none.
    MemoryGuard(Progress& whole, const TraceBuilder& builder, std::uint64_t limit)
        : m_whole(whole), m_builder(builder), m_limit(limit)
    {}

    void report(std::uint64_t done, std::uint64_t total) override { m_whole.report(done, total); }
    bool isCancelled() const override { return m_whole.isCancelled() || isOver(); }
    /// NeedsMemory when the limit was passed.
    std::optional<Error> error() const;

private:
    bool isOver() const;

    Progress& m_whole;
    const TraceBuilder& m_builder;
    std::uint64_t m_limit;
};

} // namespace stepscope
