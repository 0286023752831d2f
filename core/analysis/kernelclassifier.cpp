#include "core/analysis/kernelclassifier.h"

#include "core/analysis/kernelclassesdata.h"

#include <array>
#include <cassert>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>
#include <pcre2.h>

namespace stepscope {

namespace {

/// Bounds one match against patterns a user may write; the longest real name (5160 characters) needs 1 %.
constexpr std::uint32_t matchLimit = 1'000'000;
constexpr std::size_t longestMatchedName = 16 * 1024;

constexpr std::array<std::pair<KernelClass, std::string_view>, 16> classWords = {{
    {KernelClass::Communication, "comm"},
    {KernelClass::KvCache, "kv"},
    {KernelClass::Speculation, "spec"},
    {KernelClass::MixtureOfExperts, "moe"},
    {KernelClass::Preparation, "prep"},
    {KernelClass::Attention, "attn"},
    {KernelClass::Sampling, "sample"},
    {KernelClass::Activation, "act"},
    {KernelClass::Normalisation, "norm"},
    {KernelClass::Quantisation, "quant"},
    {KernelClass::RotaryEmbedding, "rope"},
    {KernelClass::MatrixMultiply, "gemm"},
    {KernelClass::Embedding, "embed"},
    {KernelClass::Triton, "triton"},
    {KernelClass::Elementwise, "elem"},
    {KernelClass::Unknown, "unknown"},
}};

std::optional<KernelClass> classOfWord(std::string_view word)
{
    for (const auto& [kernelClass, text] : classWords) {
        if (text == word)
            return kernelClass;
    }
    return std::nullopt;
}

} // namespace

std::string_view kernelClassWord(KernelClass kernelClass)
{
    for (const auto& [known, text] : classWords) {
        if (known == kernelClass)
            return text;
    }
    return "unknown";
}

/// One compiled expression with its match memory.
class KernelClassifier::Program {
public:
    explicit Program(pcre2_code* code)
        : m_code(code), m_data(pcre2_match_data_create_from_pattern(code, nullptr)),
          m_context(pcre2_match_context_create(nullptr))
    {
        pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); // without JIT memory the interpreter serves
        pcre2_set_match_limit(m_context, matchLimit);
    }
    Program(Program&& other) noexcept
        : m_code(std::exchange(other.m_code, nullptr)), m_data(std::exchange(other.m_data, nullptr)),
          m_context(std::exchange(other.m_context, nullptr))
    {}
    Program& operator=(Program&& other) noexcept
    {
        std::swap(m_code, other.m_code);
        std::swap(m_data, other.m_data);
        std::swap(m_context, other.m_context);
        return *this;
    }
    ~Program()
    {
        pcre2_match_context_free(m_context);
        pcre2_match_data_free(m_data);
        pcre2_code_free(m_code);
    }

    bool matches(std::string_view name) const
    {
        return pcre2_match(m_code, reinterpret_cast<PCRE2_SPTR>(name.data()), name.size(), 0, 0, m_data,
                           m_context) > 0;
    }

private:
    pcre2_code* m_code;
    pcre2_match_data* m_data;
    pcre2_match_context* m_context;
};

KernelClassifier::KernelClassifier() = default;
KernelClassifier::KernelClassifier(KernelClassifier&&) noexcept = default;
KernelClassifier& KernelClassifier::operator=(KernelClassifier&&) noexcept = default;
KernelClassifier::~KernelClassifier() = default;

Result<KernelClassifier> KernelClassifier::compile(std::vector<KernelRule> rules)
{
    KernelClassifier classifier;
    for (const KernelRule& rule : rules) {
        int fault = 0;
        PCRE2_SIZE at = 0;
        pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(rule.pattern.data()),
                                         rule.pattern.size(), PCRE2_CASELESS, &fault, &at, nullptr);
        if (!code) {
            std::array<PCRE2_UCHAR, 200> message{};
            pcre2_get_error_message(fault, message.data(), message.size());
            return Error{ErrorCode::BadPattern, std::string(reinterpret_cast<const char*>(message.data())) +
                                                    " at character " + std::to_string(at) + " of " +
                                                    rule.pattern};
        }
        classifier.m_programs.emplace_back(code);
    }
    classifier.m_rules = std::move(rules);
    return classifier;
}

Result<KernelClassifier> KernelClassifier::fromJson(std::string_view json)
{
    const nlohmann::json table = nlohmann::json::parse(json, nullptr, false);
    if (!table.is_object() || !table.contains("rules") || !table["rules"].is_array())
        return Error{ErrorCode::BadRules, "no array \"rules\""};
    std::vector<KernelRule> rules;
    for (const nlohmann::json& row : table["rules"]) {
        const auto text = [&row](const char* key) {
            return row.is_object() && row.contains(key) && row[key].is_string() ? row[key].get<std::string>()
                                                                                : std::string();
        };
        const std::optional<KernelClass> kernelClass = classOfWord(text("class"));
        if (!kernelClass || text("pattern").empty())
            return Error{ErrorCode::BadRules, "rule " + std::to_string(rules.size() + 1) +
                                                  " needs a known \"class\" and a \"pattern\""};
        rules.push_back({*kernelClass, text("subclass"), text("pattern")});
    }
    return compile(std::move(rules));
}

Result<KernelClassifier> KernelClassifier::communicationOnly(std::string_view pattern)
{
    return compile({{KernelClass::Communication, "comm", std::string(pattern)}});
}

KernelClassifier KernelClassifier::standard()
{
    Result<KernelClassifier> table = fromJson(kernelClassesJson);
    assert(table); // the table is compiled in and covered by a test
    return std::move(*table);
}

KernelMatch KernelClassifier::match(std::string_view name) const
{
    name = name.substr(0, longestMatchedName);
    for (std::size_t rule = 0; rule < m_programs.size(); ++rule) {
        if (m_programs[rule].matches(name))
            return {m_rules[rule].kernelClass, static_cast<int>(rule)};
    }
    return {};
}

} // namespace stepscope
