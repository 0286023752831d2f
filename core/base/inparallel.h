#pragma once

#include <cstddef>
#include <exception>
#include <system_error>
#include <thread>

namespace stepscope {

/// From so many rows on, one walk over them takes longer than starting a thread.
inline constexpr std::size_t rowsWorthAThread = 20'000;

/// Runs two pieces of work, side by side where that is worth a thread; returns when both are done. Neither
/// may touch what the other changes.
template <class First, class Second> void inParallel(bool isWorthIt, First first, Second second)
{
    if (!isWorthIt) {
        first();
        second();
        return;
    }
    std::exception_ptr fault;
    std::thread other;
    try {
        other = std::thread([&second, &fault] {
            try {
                second();
            } catch (...) {
                fault = std::current_exception();
            }
        });
    } catch (const std::system_error&) { // no thread is to be had: one after the other
        second();
    }
    try {
        first();
    } catch (...) {
        if (other.joinable())
            other.join();
        throw;
    }
    if (other.joinable())
        other.join();
    if (fault)
        std::rethrow_exception(fault);
}

} // namespace stepscope
