#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <string>

namespace stepscope {

/// Numbers for files, the CLI and sentences: always the C locale, never an exponent.

/// "13.10": `digits` decimals.
std::string fixed(double value, int digits);
/// "13.110" for 13.11 ms: milliseconds with `digits` decimals, from integer ns, rounded half away from zero.
std::string milliseconds(Duration duration, int digits = 3);
/// "1.500" seconds since the trace start.
std::string seconds(TimePoint time, int digits = 3);
/// "13.1" for 0.131.
std::string percent(double share, int digits = 1);
/// "1 234 567", with the spaces of the report.
std::string grouped(std::uint64_t number);
/// A length with the unit that suits it: "842 ns", "12.3 µs", "4.21 ms", "1.34 s".
std::string shortDuration(Duration duration);
/// About how many bytes, with the unit that suits it: "640 MB", "6.2 GB", "11 GB".
std::string shortBytes(std::uint64_t bytes);

} // namespace stepscope
