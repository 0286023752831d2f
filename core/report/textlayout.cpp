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

std::string counted(std::size_t count, const char* one, const char* many)
{
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

} // namespace stepscope
