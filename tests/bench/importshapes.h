#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace stepscope::bench {

/// A kineto trace of a decode loop, and what is extreme about it.
struct Shape {
    std::string name;
    std::size_t events = 0;
    std::size_t names = 40;   ///< of its kernels
    std::size_t threads = 1;  ///< that launch them
    bool hasOneStamp = false; ///< every event begins at one time
};

/// Growth from 10⁶ to 5·10⁶ events, 10⁶ names, 10⁴ lanes, 10⁶ events at one stamp.
std::vector<Shape> importShapes();

/// Launches, kernels and CPU operators in turn. Ends the program where the file cannot be written.
void writeShape(const Shape& shape, const std::string& path);

} // namespace stepscope::bench
