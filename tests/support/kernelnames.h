#pragma once

namespace stepscope::testsupport::kernelnames {

// Names as traces of vLLM hold them (domain.md 4.3), one or two of each class.

inline constexpr const char* embedding = "void at::native::vectorized_gather_kernel<16, long>(char*, char*, "
                                         "long*, int, long, long, long, long, bool)";
inline constexpr const char* addNorm =
    "void vllm::fused_add_rms_norm_kernel<c10::BFloat16, 8>(c10::BFloat16*, long, c10::BFloat16*, "
    "c10::BFloat16 const*, float, int, int)";
inline constexpr const char* finalNorm =
    "void vllm::rms_norm_kernel<c10::BFloat16, 8>(c10::BFloat16*, c10::BFloat16 const*, long, "
    "c10::BFloat16 const*, float, int, int)";
inline constexpr const char* gemmQkv = "nvjet_tst_128x8_64x12_2x1_v_bz_TNT";
inline constexpr const char* gemmOutput = "nvjet_tst_64x8_64x16_4x1_v_bz_splitK_TNT";
inline constexpr const char* gemmGateUp = "nvjet_tst_192x8_64x8_2x1_v_bz_TNN";
inline constexpr const char* gemmDown = "nvjet_tst_64x16_64x16_2x1_2cta_v_bz_TNT";
inline constexpr const char* gemmHead = "nvjet_tst_384x8_64x4_2x1_v_bz_TNT";
inline constexpr const char* gemmDraftHead = "nvjet_tst_256x8_64x6_2x1_v_bz_TNT";
inline constexpr const char* gemmPrefill = "nvjet_tst_256x256_64x4_2x1_2cta_h_bz_TNT";
inline constexpr const char* rotary =
    "void vllm::rotary_embedding_kernel<c10::BFloat16, true>(long const*, c10::BFloat16*, c10::BFloat16*, "
    "c10::BFloat16 const*, int, long, long, long, int, int, int)";
inline constexpr const char* writeCache =
    "void vllm::reshape_and_cache_flash_kernel<__nv_bfloat16, __nv_bfloat16, (vllm::Fp8KVCacheDataType)0>("
    "__nv_bfloat16 const*, __nv_bfloat16 const*, __nv_bfloat16*, __nv_bfloat16*, long const*, long, long, "
    "long, "
    "long, long, int, int, int, float const*, float const*)";
inline constexpr const char* attentionDecode =
    "fmhaSm100aKernel_QkvBfloat16OBfloat16H128PagedKvDenseP64MultiCtasKvCgaVarSeqQ8Kv128StaticSwapsAbForGen";
inline constexpr const char* attentionPrefill =
    "fmhaSm100aKernel_QkvBfloat16OBfloat16H128PagedKvCausalP64VarSeqQ128Kv128PersistentContext";
inline constexpr const char* silu =
    "void vllm::act_and_mul_kernel<c10::BFloat16, &(c10::BFloat16 vllm::silu_kernel<c10::BFloat16>("
    "c10::BFloat16 const&)), true>(c10::BFloat16*, c10::BFloat16 const*, int)";
inline constexpr const char* allReduce = "void vllm::cross_device_reduce_1stage<__nv_bfloat16, "
                                         "8>(vllm::RankData*, vllm::RankSignals, vllm::Signal*, "
                                         "__nv_bfloat16*, int, int)";
inline constexpr const char* allReducePrefill =
    "void (anonymous namespace)::multimem_all_reduce_kernel<c10::BFloat16, 16>(c10::BFloat16*, unsigned "
    "long, "
    "unsigned int**, unsigned long, unsigned long)";
inline constexpr const char* allGather = "ncclDevKernel_AllGather_RING_LL(ncclDevKernelArgsStorage<4096ul>)";
inline constexpr const char* slotMapping = "_compute_slot_mapping_kernel";
inline constexpr const char* argmax =
    "void at::native::reduce_kernel<512, 1, at::native::ReduceOp<float, at::native::ArgMaxOps<float>, "
    "unsigned "
    "int, long, 4, 4> >(at::native::ReduceOp<float, at::native::ArgMaxOps<float>, unsigned int, long, 4, 4>)";
inline constexpr const char* rejection = "rejection_greedy_sample_kernel";
inline constexpr const char* prepareDraft = "eagle_prepare_next_token_padded_kernel";
inline constexpr const char* postUpdate = "_post_update_kernel";

} // namespace stepscope::testsupport::kernelnames
