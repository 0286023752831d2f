#include "core/analysis/kernelclassifier.h"

#include "core/analysis/kernelclassesdata.h"

#include <array>
#include <cassert>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

namespace stepscope {

namespace {

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

KernelClassifier::KernelClassifier() = default;
KernelClassifier::KernelClassifier(KernelClassifier&&) noexcept = default;
KernelClassifier& KernelClassifier::operator=(KernelClassifier&&) noexcept = default;
KernelClassifier::~KernelClassifier() = default;

Result<KernelClassifier> KernelClassifier::compile(std::vector<KernelRule> rules)
{
    KernelClassifier classifier;
    for (const KernelRule& rule : rules) {
        Result<Pattern> pattern = Pattern::compile(rule.pattern);
        if (!pattern)
            return pattern.error();
        classifier.m_patterns.push_back(std::move(*pattern));
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
    for (std::size_t rule = 0; rule < m_patterns.size(); ++rule) {
        if (m_patterns[rule].matches(name))
            return {m_rules[rule].kernelClass, static_cast<int>(rule)};
    }
    return {};
}

} // namespace stepscope
