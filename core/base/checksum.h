#pragma once

#include <cstddef>
#include <cstdint>

namespace stepscope {

/// 64 bits that tell whether bytes are still what they were: any change within eight aligned bytes is found,
/// any other but for one in 2^64. Keeps up with memory. No protection against who means to deceive: that is
/// what Sha256 is for. The same on every machine of the same byte order.
std::uint64_t checksumOf(const void* bytes, std::size_t size);

} // namespace stepscope
