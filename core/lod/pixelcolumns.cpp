#include "core/lod/pixelcolumns.h"

namespace stepscope {

TimeRange columnRange(TimeRange view, std::size_t columns, std::size_t column)
{
    const auto count = static_cast<std::int64_t>(columns);
    const std::int64_t whole = view.duration().count() / count;
    const std::int64_t rest = view.duration().count() % count;
    const auto edge = [&](std::int64_t k) { return view.begin + Duration(whole * k + rest * k / count); };
    const auto k = static_cast<std::int64_t>(column);
    return {edge(k), edge(k + 1)};
}

PixelColumns::PixelColumns(TimeRange view, std::size_t columns) : m_view(view)
{
    m_edges.reserve(columns + 1);
    m_edges.push_back(view.begin);
    if (columns == 0)
        return;
    const auto count = static_cast<std::int64_t>(columns);
    const std::int64_t whole = view.duration().count() / count;
    const std::int64_t rest = view.duration().count() % count;
    std::int64_t part = 0; // of a nanosecond, in units of 1 / count
    for (std::size_t column = 0; column < columns; ++column) {
        part += rest;
        const bool carries = part >= count;
        part -= carries ? count : 0;
        m_edges.push_back(m_edges.back() + Duration(whole + (carries ? 1 : 0)));
    }
}

} // namespace stepscope
