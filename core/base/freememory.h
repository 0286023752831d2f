#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace stepscope {

/// Bytes that this process may still take without swapping or being killed: what /proc/meminfo calls
/// available, or what its control groups (v2 and v1, every level) leave of their limits where that is less.
/// nullopt where the system does not say. Reads a few small files. `root` stands before their paths.
std::optional<std::uint64_t> freeMemory(const std::string& root = {});

} // namespace stepscope
