#include "core/import/serverfacts.h"

#include "core/import/optionvalue.h"

#include <array>
#include <utility>

namespace stepscope {

namespace {

// In the order of the measurement context.
constexpr std::array contextOrder = std::to_array<std::string_view>(
    {"model", "hf_path", "quantisation", "kv_cache_dtype", "tp", "dp", "pp", "ep", "max_num_seqs",
     "max_num_batched_tokens", "gpu_memory_utilization", "max_model_len", "cudagraph_mode",
     "async_scheduling", "prefix_caching", "image", "engine", "engine_version", "backend"});

} // namespace

void ServerFacts::state(std::string_view slot, std::optional<std::string> value)
{
    m_slots.insert_or_assign(std::string(slot), std::move(value));
}

void ServerFacts::stateDefault(std::string_view slot, const char* value)
{
    if (!m_isOpen)
        m_slots.try_emplace(std::string(slot), value);
}

std::optional<std::string> ServerFacts::textOf(std::string_view slot) const
{
    const auto found = m_slots.find(slot);
    return found == m_slots.end() ? std::nullopt : found->second;
}

std::optional<std::int64_t> ServerFacts::countOf(std::string_view slot) const
{
    const std::optional<std::string> text = textOf(slot);
    return text ? positiveCount(*text) : std::nullopt;
}

ServerCommand ServerFacts::finish()
{
    deriveGraphMode();
    deriveBackend();
    deriveSizes();
    deriveModel();
    state("engine", isVllm() ? "vLLM" : "SGLang");
    ServerCommand command;
    command.speculativeTokens = isVllm() ? countOf("drafts") : sglangDrafts();
    for (const std::string_view key : contextOrder) {
        if (std::optional<std::string> value = textOf(key))
            command.values.push_back({std::string(key), std::move(*value)});
    }
    command.ignored.assign(m_ignored.begin(), m_ignored.end());
    return command;
}

void ServerFacts::deriveGraphMode()
{
    if (textOf("eager") == "yes")
        state("cudagraph_mode", "NONE (eager)");
    if (textOf("no_graphs") == "yes")
        state("cudagraph_mode", "NONE");
}

/// SGLang's backend for decoding, then the option, then vLLM's variable.
void ServerFacts::deriveBackend()
{
    if (knows("decode_backend"))
        state("backend", textOf("decode_backend"));
    else if (isVllm() && knows("environment_backend"))
        m_slots.try_emplace("backend", textOf("environment_backend"));
}

void ServerFacts::deriveSizes()
{
    stateDefault("tp", "1");
    stateDefault("pp", "1");
    if (!isVllm())
        return;
    stateDefault("dp", "1");
    const auto expert = m_slots.find("expert_parallel");
    if (expert == m_slots.end() || expert->second == "no")
        return stateDefault("ep", "1");
    const std::optional<std::int64_t> tp = countOf("tp");
    const std::optional<std::int64_t> dp = countOf("dp");
    constexpr std::int64_t mostRanks = 1'000'000;
    if (tp && dp && *tp <= mostRanks && *dp <= mostRanks && !knows("more_expert_ranks") && expert->second)
        state("ep", std::to_string(*tp * *dp));
    else
        ignore("--enable-expert-parallel");
}

void ServerFacts::deriveModel()
{
    if (!knows("model"))
        state("model", textOf("hf_path"));
}

/// SGLang counts the token that is verified with the drafts: K + 1 of them, or K steps of a single
/// branch.
std::optional<std::int64_t> ServerFacts::sglangDrafts()
{
    if (knows("draft_algorithm"))
        ignore("--speculative-algorithm");
    const std::optional<std::int64_t> steps = countOf("draft_steps");
    const std::optional<std::int64_t> verified = countOf("verified_tokens");
    std::optional<std::int64_t> drafts;
    if (countOf("draft_branches") == 1 && steps)
        drafts = steps;
    else if (verified && *verified > 1)
        drafts = *verified - 1;
    if (drafts && knows("draft_algorithm"))
        return drafts;
    constexpr std::array<std::pair<const char*, const char*>, 3> unused = {
        std::pair{"draft_steps", "--speculative-num-steps"},
        std::pair{"draft_branches", "--speculative-eagle-topk"},
        std::pair{"verified_tokens", "--speculative-num-draft-tokens"}};
    for (const auto& [slot, option] : unused) {
        if (knows(slot))
            ignore(option);
    }
    return std::nullopt;
}

} // namespace stepscope
