#pragma once

#include <cstdint>
#include <string_view>

namespace stepscope {

/// Text that comes in pieces.
class TextSource {
public:
    virtual ~TextSource() = default;

    /// The next piece; empty at the end. Valid until the next call.
    virtual std::string_view next() = 0;
    /// Of the text handed out so far.
    virtual std::uint64_t textBytes() const = 0;
};

} // namespace stepscope
