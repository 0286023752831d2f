#pragma once

#include "core/base/result.h"

#include <memory>
#include <string>
#include <string_view>

namespace stepscope {

/// One Perl-compatible expression, matched anywhere in the first 16 KiB of a text, ignoring case. A match is
/// bounded against patterns that a user may write. Matching is const but not thread-safe (it reuses match
/// memory).
class Pattern {
public:
    /// BadPattern with the reason and the place.
    static Result<Pattern> compile(const std::string& expression);

    Pattern(Pattern&&) noexcept;
    Pattern& operator=(Pattern&&) noexcept;
    ~Pattern();

    bool matches(std::string_view text) const;

private:
    class Program;
    explicit Pattern(std::unique_ptr<Program> program);

    std::unique_ptr<Program> m_program;
};

} // namespace stepscope
