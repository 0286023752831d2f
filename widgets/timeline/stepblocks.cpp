#include "widgets/timeline/stepblocks.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace stepscope {

std::vector<StepBlock> stepBlocks(const StepIndex& steps, const TimeAxis& axis)
{
    std::vector<StepBlock> blocks;
    const auto [first, last] = steps.touching({axis.range.begin, axis.range.end + Duration(1)});
    for (const StepKind kind : {StepKind::Prefill, StepKind::Mixed, StepKind::Lull, StepKind::Edge}) {
        const auto ids = steps.ofKind(kind, first, last);
        auto next = ids.begin();
        while (next != ids.end()) {
            StepBlock block{0.0, 0.0, kind, *next};
            block.left = axis.xOf(steps.steps[*next].range.begin);
            const TimePoint column = axis.timeAt(std::floor(block.left) + 1.0);
            const auto after = std::partition_point(next + 1, ids.end(), [&](std::uint32_t step) {
                return steps.steps[step].range.begin < column;
            });
            block.right = axis.xOf(steps.steps[*(after - 1)].range.end);
            blocks.push_back(block);
            next = after;
        }
    }
    return blocks;
}

QRectF hatch(QPainter& painter, const StepBlock& block, const QRect& area, const TracePalette& colours)
{
    const double left = std::max(block.left, double(area.left()));
    const double right = std::min(block.right, double(area.right()) + 1.0);
    const QRectF box(left, area.top() + 1.0, std::max(right - left, 1.0), area.height() - 3.0);
    QColor lines = colours[Colour::DeviceIdle];
    lines.setAlpha(block.kind == StepKind::Edge ? 70 : 130);
    painter.fillRect(box, QBrush(lines, Qt::BDiagPattern));
    return box;
}

} // namespace stepscope
