#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace stepscope {

/// One figure that a kernel cannot beat, as the vendor of the hardware says it.
struct Ceiling {
    std::string key;      ///< "h100-sxm.memory"
    std::string hardware; ///< pattern that is searched in the name the trace gives
    std::string quantity; ///< "memory bandwidth"
    double value = 0.0;   ///< of one GPU, in `unit`
    std::string unit;     ///< "GB/s", "TFLOP/s"
    std::string source;   ///< the vendor's paper, and what it says
};

/// What "percent of speed of light" is a percentage of. Immutable.
class CeilingTable {
public:
    /// BadRules when a row lacks a part, a key is there twice, or a pattern does not compile.
    static Result<CeilingTable> fromJson(std::string_view json);
    /// The table compiled in from resources/ceilings.json.
    static CeilingTable standard();

    const std::vector<Ceiling>& rows() const { return m_rows; }
    /// Null for a key that is not in the table.
    const Ceiling* find(std::string_view key) const;
    /// Those of the hardware that a trace names, in order; none when it is not known.
    std::vector<const Ceiling*> of(std::string_view hardware) const;

private:
    std::vector<Ceiling> m_rows;
};

} // namespace stepscope
