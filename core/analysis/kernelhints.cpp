#include "core/analysis/kernelhints.h"

#include <array>
#include <utility>

namespace stepscope {

namespace {

struct NamePart {
    std::string_view part;
    const char* meaning;
};

// More telling parts first: an FP4 matrix multiply also names the FP8 of its scales.
constexpr std::array quantisationParts = {
    NamePart{"nvfp4", "nvfp4"},
    NamePart{"e2m1", "fp4 (e2m1)"},
    NamePart{"mxfp4", "mxfp4"},
    NamePart{"MxE2m1", "mxfp4"},
    NamePart{"marlin::", "marlin (4 or 8 bit weights)"},
    NamePart{"scaled_fp8_quant", "fp8"},
    NamePart{"per_token_group_quant_fp8", "fp8"},
};
constexpr std::array attentionParts = {
    NamePart{"FlashAttnFwdSm90", "FlashAttention 3"},
    NamePart{"flash::FlashAttnFwd", "FlashAttention 3"},
    NamePart{"flash_fwd_splitkv", "FlashAttention 2"},
    NamePart{"flash_fwd_kernel", "FlashAttention 2"},
    NamePart{"fmhaSm100", "TRTLLM-gen"},
    NamePart{"flashinfer::", "FlashInfer"},
    NamePart{"BatchDecodeWithPagedKVCache", "FlashInfer"},
    NamePart{"flash_fwd_mla", "FlashMLA"},
    NamePart{"kernel_unified_attention", "Triton"},
    NamePart{"paged_attention_v", "paged attention"},
};

template <std::size_t count>
void takeFirst(std::string& hint, const std::array<NamePart, count>& parts, std::string_view name)
{
    if (!hint.empty())
        return;
    for (const NamePart& part : parts) {
        if (name.find(part.part) != std::string_view::npos) {
            hint = part.meaning;
            return;
        }
    }
}

} // namespace

void KernelHints::take(std::string_view kernelName)
{
    takeFirst(quantisation, quantisationParts, kernelName);
    takeFirst(attentionBackend, attentionParts, kernelName);
    if (kvCacheDtype.empty() && kernelName.find("reshape_and_cache") != std::string_view::npos) {
        if (kernelName.find("Fp8KVCacheDataType)0") != std::string_view::npos)
            kvCacheDtype = "auto";
        else if (kernelName.find("Fp8KVCacheDataType)") != std::string_view::npos)
            kvCacheDtype = "fp8";
    }
}

} // namespace stepscope
