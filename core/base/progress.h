#pragma once

#include <cstdint>

namespace stepscope {

/// How a long operation reports and hears that it should stop. Called from the worker thread;
/// implementations must allow that.
class Progress {
public:
    virtual ~Progress() = default;

    /// `done` of `total` units of work (usually bytes); total 0 means unknown. Cheap: may be called
    /// every few thousand rows.
    virtual void report(std::uint64_t done, std::uint64_t total) = 0;
    virtual bool isCancelled() const = 0;
};

/// Reports nowhere and never cancels.
class NoProgress final : public Progress {
public:
    void report(std::uint64_t, std::uint64_t) override {}
    bool isCancelled() const override { return false; }
};

} // namespace stepscope
