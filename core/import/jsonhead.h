#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stepscope {

/// What the beginning of a JSON text shows, read without building anything; the text may be cut anywhere.
struct JsonHead {
    char root = '\0';              ///< '{' or '['; anything else is no trace
    std::vector<std::string> keys; ///< of the root object, in order
    bool isClosed = false;         ///< the root ends within the text
    bool anotherFollows = false;   ///< and a further object or array begins after it: JSON lines
    char firstElement = '\0';      ///< first character of the first element of a root array
    bool hasKey(std::string_view key) const;

    static JsonHead of(std::string_view text);
};

} // namespace stepscope
