#include "tests/bench/importshapes.h"

#include <cstdio>
#include <cstdlib>

namespace stepscope::bench {

std::vector<Shape> importShapes()
{
    return {
        {"1e6_events", 1'000'000},
        {"5e6_events", 5'000'000},
        {"1e6_names", 3'000'000, 1'000'000},
        {"1e4_lanes", 1'000'000, 40, 10'000},
        {"one_stamp", 1'000'000, 40, 1, true},
    };
}

void writeShape(const Shape& shape, const std::string& path)
{
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    if (!file) {
        std::perror(path.c_str());
        std::exit(1);
    }
    std::fputs("{\"schemaVersion\": 1, \"deviceProperties\": [],\n  \"traceEvents\": [\n", file);
    constexpr std::size_t perStep = 120; // kernels
    for (std::size_t number = 0; 3 * number < shape.events; ++number) {
        const std::size_t thread = 1 + number % shape.threads;
        const double pause = static_cast<double>(number / perStep) * 500.0;
        const double at = shape.hasOneStamp ? 1000.0 : 1000.0 + static_cast<double>(number) * 10.0 + pause;
        std::fprintf(
            file,
            "  %s{\n    \"ph\": \"X\", \"cat\": \"cpu_op\", \"name\": \"aten::linear\", \"pid\": 100, "
            "\"tid\": %zu,\n    \"ts\": %.3f, \"dur\": 4.500,\n    \"args\": {\n      \"External id\": "
            "%zu, \"Record function id\": 0\n    }\n  },\n",
            number > 0 ? "," : "", thread, at - 60.0, number);
        std::fprintf(
            file,
            "  {\n    \"ph\": \"X\", \"cat\": \"cuda_runtime\", \"name\": \"cudaLaunchKernel\", \"pid\": "
            "100, \"tid\": %zu,\n    \"ts\": %.3f, \"dur\": 2.500,\n    \"args\": {\n      \"cbid\": 211, "
            "\"correlation\": %zu\n    }\n  },\n",
            thread, at - 59.0, number + 1);
        std::fprintf(
            file,
            "  {\n    \"ph\": \"X\", \"cat\": \"kernel\", \"name\": \"void gemm_kernel_%zu<128, 64>(float "
            "const*, float*, int)\", \"pid\": 0, \"tid\": 7,\n    \"ts\": %.3f, \"dur\": 8.250,\n    "
            "\"args\": {\n      \"device\": 0, \"context\": 1, \"stream\": 7, \"correlation\": %zu,\n      "
            "\"grid\": [%zu, 1, 1], \"block\": [256, 1, 1]\n    }\n  }\n",
            number % shape.names, at, number + 1, 1 + number % 100);
    }
    std::fputs("], \"traceName\": \"generated\"}\n", file);
    if (std::fclose(file) != 0) {
        std::perror(path.c_str());
        std::exit(1);
    }
}

} // namespace stepscope::bench
