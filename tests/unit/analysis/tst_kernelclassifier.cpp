#include "core/analysis/kernelclassifier.h"

#include <QTest>

using namespace stepscope;

/// Real kernel names (domain.md §4.3) and the traps of §4.1.
class TestKernelClassifier : public QObject {
    Q_OBJECT

private slots:
    void classesOfRealNames_data()
    {
        QTest::addColumn<QString>("word");
        const auto add = [](const char* word, std::initializer_list<const char*> names) {
            for (const char* name : names)
                QTest::newRow(name) << word;
        };
        add("comm", {"ncclDevKernel_AllReduce_Sum_bf16_RING_LL(ncclDevKernelArgsStorage<4096ul>)",
                     "ncclDevKernel_Generic_1", "ncclSymkDevKernel_AllReduce_RSxLDMC_AGxSTMC_sum_bf16",
                     "ncclKernel_SendRecv_RING_SIMPLE_Sum_int8_t",
                     "void vllm::cross_device_reduce_1stage<__nv_bfloat16, 8>()",
                     "void (anonymous namespace)::multimem_all_reduce_kernel<c10::BFloat16, 16>()",
                     "two_shot_all_reduce_kernel_inplace",
                     "flashinfer::trtllm_allreduce_fusion::allreduce_fusion_kernel_oneshot_lamport",
                     "flashinfer::trtllm_mnnvl_allreduce::oneshotAllreduceFusionKernel",
                     "quickreduce::allreduce_prototype_twoshot", "deep_ep::internode_ll::dispatch",
                     "dpsk::ep::internode::cached_notify", "moeA2ADispatchKernel", "dispatchKernel"});
        add("attn",
            {"cutlass::device_kernel<flash::enable_sm90_or_later<flash::FlashAttnFwdSm90<",
             "fmhaSm100aKernel_QkvE4m3OBfloat16H64PagedKvCausalP16VarSeqQ128Kv128PersistentContext",
             "flashinfer::BatchDecodeWithPagedKVCacheKernel", "flash_fwd_splitkv_mla_kernel",
             "kernel_unified_attention_2d", "reduce_segments", "_fwd_grouped_kernel_stage1",
             "paged_attention_ll4mi_QKV_mfma16_kernel", "sm90_fp8_paged_mqa_logits", "topKPerRowDecode"});
        add("gemm",
            {"nvjet_tst_64x64_64x16_2x1_2cta_v_bz_bias_TNT",
             "sm90_xmma_gemm_bf16bf16_bf16f32_f32_tn_n_tilesize64x64x64_cublas",
             "cutlass::device_kernel<cutlass::gemm::kernel::GemmUniversal<", "marlin::Marlin",
             "cublasLt::splitKreduce_kernel", "gemv2T_kernel_val", "Cijk_Alik_Bljk_BBS_BH_", "wvSplitK_hf_"});
        add("moe", {"bmm_MxE4m3_MxE2m1MxE4m3_Fp32_t128x16x256u2_swiGlu_dynBatch_sm100f", "fused_moe_kernel",
                    "vllm::moe::topkGating", "marlin_moe_wna16::Marlin", "_sum_bitmatrix_rows"});
        add("norm", {"vllm::fused_add_rms_norm_kernel", "_ZN5aiter24add_rmsnorm_quant_kernel"});
        add("rope", {"vllm::rotary_embedding_kernel"});
        add("act", {"vllm::silu_mul_cvt_fp16_to_fp4", "silu_mul_fp8_quant_deep_gemm_kernel"});
        add("quant", {"vllm::scaled_fp8_quant_kernel_strided", "vllm::cvt_fp16_to_fp4",
                      "per_token_group_quant_8bit_kernel"});
        add("kv", {"vllm::reshape_and_cache_flash_kernel", "vllm::concat_and_cache_mla_kernel",
                   "_compute_slot_mapping_kernel"});
        add("sample",
            {"at::native::reduce_kernel<512, 1, at::native::ReduceOp<float, at::native::ArgMaxOps<float>",
             "_gumbel_sample_kernel", "flashinfer::sampling::TopKTopPSamplingFromProbKernel",
             "cunn_SoftMaxForward"});
        add("spec", {"rejection_greedy_sample_kernel", "sample_recovered_tokens_kernel", "_rejection_kernel",
                     "eagle_prepare_next_token_padded_kernel", "_update_draft_inputs_kernel"});
        add("elem", {"at::native::vectorized_elementwise_kernel<4, at::native::FillFunctor<long>"});
        add("unknown", {"my_kernel", ""});
    }
    void classesOfRealNames()
    {
        static const KernelClassifier classifier = KernelClassifier::standard();
        QFETCH(QString, word);
        const KernelMatch match = classifier.match(QTest::currentDataTag());
        const std::string_view found = kernelClassWord(match.kernelClass);
        QCOMPARE(QString::fromUtf8(found.data(), static_cast<qsizetype>(found.size())), word);
        QCOMPARE(match.rule < 0, word == QLatin1String("unknown"));
    }

    void refusesBadTables()
    {
        const char* unknownClass = "{\"rules\":[{\"class\":\"nonsense\",\"pattern\":\"x\"}]}";
        const char* openBracket = "{\"rules\":[{\"class\":\"comm\",\"pattern\":\"a[\"}]}";
        QCOMPARE(KernelClassifier::fromJson("[").error().code, ErrorCode::BadRules);
        QCOMPARE(KernelClassifier::fromJson(unknownClass).error().code, ErrorCode::BadRules);
        QCOMPARE(KernelClassifier::fromJson(openBracket).error().code, ErrorCode::BadPattern);
        QCOMPARE(KernelClassifier::communicationOnly("[").error().code, ErrorCode::BadPattern);
    }

    /// A pattern that backtracks without end stops at the match limit and does not match.
    void boundsCostlyPatterns()
    {
        const auto classifier = KernelClassifier::communicationOnly("(a+)+$");
        QVERIFY(classifier);
        QCOMPARE(classifier->match(std::string(5000, 'a') + "b").kernelClass, KernelClass::Unknown);
    }
};

QTEST_APPLESS_MAIN(TestKernelClassifier)
#include "tst_kernelclassifier.moc"
