#include "app/reportcontext.h"

#include "core/gates/measurementcontext.h"
#include "widgets/panels/panelsection.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/contextlist.h"

#include <QGridLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace stepscope {

namespace {

constexpr std::size_t columns = 5;

void addLine(QGridLayout* grid, const ContextLine& line, QWidget* parent)
{
    const int row = grid->rowCount();
    const bool isKnown = !line.value.isEmpty();
    auto* const value = new ThemedLabel(isKnown ? line.value : line.source,
                                        isKnown ? Colour::Text : Colour::FaintText, parent);
    value->setWordWrap(true);
    grid->addWidget(new ThemedLabel(line.name, Colour::DimText, parent), row, 0, Qt::AlignTop);
    grid->addWidget(value, row, 1, Qt::AlignTop);
}

} // namespace

ReportContext::ReportContext(const MeasurementContext& context, QWidget* parent) : QWidget(parent)
{
    auto* const section = new PanelSection(tr("MEASUREMENT CONTEXT"), {}, this);
    section->setRemark(contextRemark(context));
    section->setRemarkColour(context.isComplete() ? Colour::DimText : Colour::Warn);
    // Each column by itself: a long value in one must not tear the others apart.
    auto* const columnRow = new QHBoxLayout;
    columnRow->setSpacing(28);
    const std::vector<ContextLine> lines = contextLines(context);
    const std::size_t rows = (lines.size() + columns - 1) / columns;
    for (std::size_t first = 0; first < lines.size(); first += rows) {
        auto* const grid = new QGridLayout;
        grid->setHorizontalSpacing(10);
        grid->setVerticalSpacing(3);
        grid->setColumnStretch(1, 1);
        const std::size_t last = std::min(lines.size(), first + rows);
        for (std::size_t i = first; i < last; ++i)
            addLine(grid, lines[i], section);
        grid->setRowStretch(grid->rowCount(), 1);
        columnRow->addLayout(grid, 1);
    }
    section->content()->addLayout(columnRow);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 0, 0, 0);
    layout->addWidget(section);
}

} // namespace stepscope
