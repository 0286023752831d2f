#include "core/analysis/kernelsummary.h"

#include <array>

namespace stepscope {

namespace {

constexpr std::array<std::string_view, 7> copyNames = {
    "memcpy", "memcpy HtoD", "memcpy DtoH", "memcpy DtoD", "memcpy HtoH", "memcpy PtoP", "memcpy"};

} // namespace

std::string_view kernelRowName(const Trace& trace, const KernelRow& row)
{
    switch (row.kind) {
    case ActivityKind::Memcpy:
        return copyNames[static_cast<std::size_t>(row.copy)];
    case ActivityKind::Memset:
        return "memset";
    case ActivityKind::Kernel:
    case ActivityKind::GraphTrace:
        break;
    }
    return trace.name(row.name);
}

} // namespace stepscope
