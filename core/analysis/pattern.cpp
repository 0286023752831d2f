#include "core/analysis/pattern.h"

#include <array>

#include <pcre2.h>

namespace stepscope {

namespace {

/// The longest real kernel name (5160 characters) needs 1 % of it.
constexpr std::uint32_t matchLimit = 1'000'000;
constexpr std::size_t longestMatchedText = 16 * 1024;

} // namespace

class Pattern::Program {
public:
    explicit Program(pcre2_code* code)
        : m_code(code), m_data(pcre2_match_data_create_from_pattern(code, nullptr)),
          m_context(pcre2_match_context_create(nullptr))
    {
        pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); // without JIT memory the interpreter serves
        pcre2_set_match_limit(m_context, matchLimit);
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program()
    {
        pcre2_match_context_free(m_context);
        pcre2_match_data_free(m_data);
        pcre2_code_free(m_code);
    }

    bool matches(std::string_view text) const
    {
        text = text.substr(0, longestMatchedText);
        return pcre2_match(m_code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), 0, 0, m_data,
                           m_context) > 0;
    }

private:
    pcre2_code* m_code;
    pcre2_match_data* m_data;
    pcre2_match_context* m_context;
};

Pattern::Pattern(std::unique_ptr<Program> program) : m_program(std::move(program)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::compile(const std::string& expression)
{
    int fault = 0;
    PCRE2_SIZE at = 0;
    pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.data()), expression.size(),
                                     PCRE2_CASELESS, &fault, &at, nullptr);
    if (!code) {
        std::array<PCRE2_UCHAR, 200> message{};
        pcre2_get_error_message(fault, message.data(), message.size());
        return Error{ErrorCode::BadPattern, std::string(reinterpret_cast<const char*>(message.data())) +
                                                " at character " + std::to_string(at) + " of " + expression};
    }
    return Pattern(std::make_unique<Program>(code));
}

bool Pattern::matches(std::string_view text) const
{
    return m_program->matches(text);
}

} // namespace stepscope
