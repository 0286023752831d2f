#pragma once

#include "core/analysis/pattern.h"
#include "core/base/ids.h"
#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stepscope {

/// The family of a kernel, decided by its name (domain.md §4.2). Unknown: no rule matched.
enum class KernelClass : std::uint8_t {
    Communication,
    KvCache,
    Speculation,
    MixtureOfExperts,
    Preparation,
    Attention,
    Sampling,
    Activation,
    Normalisation,
    Quantisation,
    RotaryEmbedding,
    MatrixMultiply,
    Embedding,
    Triton,
    Elementwise,
    Unknown,
};

/// The word of a class as it stands in the rule table and in exports: "comm", "attn", "gemm", …
std::string_view kernelClassWord(KernelClass kernelClass);

/// One row of the rule table.
struct KernelRule {
    KernelClass kernelClass = KernelClass::Unknown;
    std::string subClass; ///< "comm.nccl"
    std::string pattern;  ///< Perl-compatible expression, matched anywhere in the name, ignoring case
};

/// What a name was matched to. `rule` is the row of the table, -1 when none matched.
struct KernelMatch {
    KernelClass kernelClass = KernelClass::Unknown;
    int rule = -1;
};

/// Ordered rules; the first that matches wins. Matching costs microseconds a name: ask once for each unique
/// name. Matching is const but not thread-safe (it reuses match memory).
class KernelClassifier {
public:
    /// The table of resources/kernel-classes.json.
    static KernelClassifier standard();
    /// A table of the same form; BadRules with the reason when it cannot be read or compiled.
    static Result<KernelClassifier> fromJson(std::string_view json);
    /// Only one class: what `pattern` matches is communication, all else unknown (`--comm-pattern`).
    static Result<KernelClassifier> communicationOnly(std::string_view pattern);

    KernelClassifier(KernelClassifier&&) noexcept;
    KernelClassifier& operator=(KernelClassifier&&) noexcept;
    ~KernelClassifier();

    KernelMatch match(std::string_view name) const;
    const std::vector<KernelRule>& rules() const { return m_rules; }

private:
    KernelClassifier();
    static Result<KernelClassifier> compile(std::vector<KernelRule> rules);

    std::vector<KernelRule> m_rules;
    std::vector<Pattern> m_patterns;
};

} // namespace stepscope
