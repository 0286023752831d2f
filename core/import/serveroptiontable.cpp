#include "core/import/serveroptiontable.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>

namespace stepscope {

namespace {

using enum OptionKind;

constexpr std::size_t shortestAbbreviation = 5;

// Of vLLM 0.6 to 0.14 and SGLang 0.4 to 0.5. SGLang's --chunked-prefill-size and --mem-fraction-static mean
// something else than vLLM's --max-num-batched-tokens and --gpu-memory-utilization.
constexpr std::array serverOptions = {
    ServerOption{"model", Text, "hf_path", true, true},
    ServerOption{"model-path", Text, "hf_path", false, true},
    ServerOption{"served-model-name", Text, "model", true, true},
    ServerOption{"quantization", Text, "quantisation", true, true},
    ServerOption{"q", Text, "quantisation", true, false},
    ServerOption{"kv-cache-dtype", Text, "kv_cache_dtype", true, true},
    ServerOption{"tensor-parallel-size", Count, "tp", true, true},
    ServerOption{"tp-size", Count, "tp", false, true},
    ServerOption{"tp", Count, "tp", true, true},
    ServerOption{"data-parallel-size", Count, "dp", true, true},
    ServerOption{"dp-size", Count, "dp", false, true},
    ServerOption{"dp", Count, "dp", true, true},
    ServerOption{"pipeline-parallel-size", Count, "pp", true, true},
    ServerOption{"pp-size", Count, "pp", false, true},
    ServerOption{"pp", Count, "pp", true, true},
    ServerOption{"enable-expert-parallel", On, "expert_parallel", true, false},
    ServerOption{"ep", On, "expert_parallel", true, false},
    ServerOption{"expert-parallel-size", Count, "ep", false, true},
    ServerOption{"ep-size", Count, "ep", false, true},
    ServerOption{"ep", Count, "ep", false, true},
    ServerOption{"max-num-seqs", Count, "max_num_seqs", true, false},
    ServerOption{"max-running-requests", Count, "max_num_seqs", false, true},
    ServerOption{"max-num-batched-tokens", Size, "max_num_batched_tokens", true, false},
    ServerOption{"gpu-memory-utilization", Share, "gpu_memory_utilization", true, false},
    ServerOption{"max-model-len", Size, "max_model_len", true, false},
    ServerOption{"context-length", Size, "max_model_len", false, true},
    ServerOption{"enforce-eager", On, "eager", true, false},
    ServerOption{"disable-cuda-graph", On, "no_graphs", false, true},
    ServerOption{"compilation-config", Object, "compilation", true, false},
    ServerOption{"cc", Object, "compilation", true, false},
    ServerOption{"O", Object, "compilation", true, false},
    ServerOption{"async-scheduling", On, "async_scheduling", true, false},
    ServerOption{"disable-overlap-schedule", Off, "async_scheduling", false, true},
    ServerOption{"enable-prefix-caching", On, "prefix_caching", true, false},
    ServerOption{"disable-radix-cache", Off, "prefix_caching", false, true},
    ServerOption{"attention-backend", Text, "backend", true, true},
    ServerOption{"decode-attention-backend", Text, "decode_backend", false, true},
    ServerOption{"attention-config", Object, "attention", true, false},
    ServerOption{"ac", Object, "attention", true, false},
    ServerOption{"speculative-config", Object, "speculation", true, false},
    ServerOption{"num-speculative-tokens", Count, "drafts", true, false},
    ServerOption{"speculative-algorithm", Text, "draft_algorithm", false, true},
    ServerOption{"speculative-algo", Text, "draft_algorithm", false, true},
    ServerOption{"speculative-num-steps", Count, "draft_steps", false, true},
    ServerOption{"speculative-eagle-topk", Count, "draft_branches", false, true},
    ServerOption{"speculative-num-draft-tokens", Count, "verified_tokens", false, true},
};

struct MemberRow {
    std::string_view slot;
    ServerOption member;
};

constexpr std::array objectMembers = {
    MemberRow{"compilation", {"cudagraph_mode", Text, "cudagraph_mode"}},
    MemberRow{"attention", {"backend", Text, "backend"}},
    MemberRow{"speculation", {"num_speculative_tokens", Count, "drafts"}},
};

bool isOf(const ServerOption& option, ServedEngine engine)
{
    return engine == ServedEngine::Vllm ? option.isOfVllm : option.isOfSglang;
}

} // namespace

const ServerOption* findServerOption(std::string_view name, ServedEngine engine)
{
    const ServerOption* abbreviated = nullptr;
    bool isClear = name.size() >= shortestAbbreviation;
    for (const ServerOption& option : serverOptions) {
        if (!isOf(option, engine))
            continue;
        if (option.name == name)
            return &option;
        if (option.name.starts_with(name)) {
            isClear = isClear && (!abbreviated || abbreviated->slot == option.slot);
            abbreviated = &option;
        }
    }
    return isClear ? abbreviated : nullptr;
}

const ServerOption& serverOptionMember(std::string_view slot)
{
    const auto row = std::find_if(objectMembers.begin(), objectMembers.end(),
                                  [slot](const MemberRow& each) { return each.slot == slot; });
    assert(row != objectMembers.end());
    return row->member;
}

bool isServerFlag(std::string_view name)
{
    constexpr std::array<std::string_view, 6> beginnings = {"enable-", "disable-", "no-",
                                                            "skip-",   "use-",     "show-"};
    constexpr std::array<std::string_view, 19> flags = {"trust-remote-code",
                                                        "headless",
                                                        "calculate-kv-scales",
                                                        "fully-sharded-loras",
                                                        "dpe",
                                                        "dph",
                                                        "kv-sharing-fast-prefill",
                                                        "cudagraph-metrics",
                                                        "kv-cache-metrics",
                                                        "data-parallel-external-lb",
                                                        "data-parallel-hybrid-lb",
                                                        "ray-workers-use-nsight",
                                                        "aggregate-engine-logging",
                                                        "interleave-mm-strings",
                                                        "mm-encoder-only",
                                                        "tokens-only",
                                                        "language-model-only",
                                                        "log-error-stack",
                                                        "return-tokens-as-token-ids"};
    return std::find(flags.begin(), flags.end(), name) != flags.end() ||
           std::any_of(beginnings.begin(), beginnings.end(),
                       [name](std::string_view beginning) { return name.starts_with(beginning); });
}

bool takesSeveralWords(std::string_view name)
{
    constexpr std::array<std::string_view, 10> names = {
        "served-model-name", "api-key",    "lora-modules",    "cudagraph-capture-sizes", "cuda-graph-sizes",
        "cuda-graph-bs",     "middleware", "prompt-adapters", "logits-processors",       "lora-paths"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace stepscope
