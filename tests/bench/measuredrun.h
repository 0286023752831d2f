#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace stepscope::bench {

/// What one piece of work took, in a process of its own.
struct Run {
    double wall = 0.0; ///< s
    double cpu = 0.0;  ///< s, of all its threads, user and system
    double peakMegabytes = 0.0;
};

/// Each figure's median of so many runs of each work. They take turns, so that a slow minute slows all of
/// them. Ends the program where one fails. What they write is lost but for memory that processes share.
std::vector<Run> mediansOf(int runs, const std::vector<std::function<void()>>& works);
Run medianOf(int runs, const std::function<void()>& work);

/// A value that the work can leave behind.
void* sharedMemory(std::size_t bytes);
template <class Value> Value* sharedValue()
{
    return static_cast<Value*>(sharedMemory(sizeof(Value)));
}

/// Becomes another program.
[[noreturn]] void execute(const std::vector<std::string>& words);

} // namespace stepscope::bench
