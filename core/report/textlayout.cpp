#include "core/report/textlayout.h"

#include "core/report/printabletext.h"

namespace stepscope {

std::string padded(std::string text, std::size_t width)
{
    const std::size_t columns = columnsOf(text);
    return columns < width ? text + std::string(width - columns, ' ') : text;
}

std::string rightAligned(const std::string& text, std::size_t width)
{
    const std::size_t columns = columnsOf(text);
    return columns < width ? std::string(width - columns, ' ') + text : text;
}

std::string shortened(const std::string& text, std::size_t width)
{
    if (columnsOf(text) <= width)
        return text;
    std::size_t end = 0;
    for (std::size_t columns = 0; end < text.size(); ++end) {
        const bool isContinuation = (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80;
        if (!isContinuation && ++columns == width)
            break;
    }
    return text.substr(0, end) + "…";
}

std::string counted(std::size_t count, const char* one, const char* many)
{
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

} // namespace stepscope
