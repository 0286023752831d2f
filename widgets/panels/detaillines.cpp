#include "widgets/panels/detaillines.h"

#include "widgets/panels/detailvalue.h"
#include "widgets/theme/themedlabel.h"

#include <QResizeEvent>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int mostColumns = 3;
constexpr int labelGap = 10;
constexpr int columnGap = 24;
constexpr int valueInCharacters = 34; // what a column has to hold before there is another one

} // namespace

DetailLines::DetailLines(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setSizePolicy(policy);
}

void DetailLines::showLines(std::vector<SpanDetail> lines)
{
    for (const Pair& pair : m_pairs) {
        // A link may be what asks for other lines.
        for (QWidget* const widget : {pair.label, pair.value}) {
            widget->hide();
            widget->deleteLater();
        }
    }
    m_pairs.clear();
    m_labelWidth = 0;
    for (const SpanDetail& line : lines) {
        auto* const label = new ThemedLabel(line.label, Colour::DimText, this);
        auto* const value = new DetailValue(line, this);
        if (!line.link.isNone())
            connect(value, &QAbstractButton::clicked, this,
                    [this, value] { emit linkActivated(SpanRef(value->link())); });
        m_labelWidth = std::max(m_labelWidth, label->sizeHint().width());
        m_pairs.push_back({label, value});
        label->show();
        value->show();
    }
    place();
    updateGeometry();
}

QSize DetailLines::sizeHint() const
{
    return {m_labelWidth + labelGap + valueInCharacters * fontMetrics().averageCharWidth(),
            rowsFor(columnsFor(width())) * rowHeight()};
}

QSize DetailLines::minimumSizeHint() const
{
    return {m_labelWidth + labelGap + 60, sizeHint().height()};
}

void DetailLines::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place();
    if (columnsFor(event->oldSize().width()) != columnsFor(event->size().width()))
        updateGeometry();
}

int DetailLines::columnsFor(int width) const
{
    const int one =
        m_labelWidth + labelGap + valueInCharacters * fontMetrics().averageCharWidth() + columnGap;
    return std::clamp((width + columnGap) / std::max(one, 1), 1, mostColumns);
}

int DetailLines::rowsFor(int columns) const
{
    return (static_cast<int>(m_pairs.size()) + columns - 1) / columns;
}

int DetailLines::rowHeight() const
{
    return fontMetrics().height() + 5;
}

void DetailLines::place()
{
    const int columns = columnsFor(width());
    const int rows = std::max(1, rowsFor(columns));
    const int columnWidth = (width() + columnGap) / columns - columnGap;
    for (std::size_t i = 0; i < m_pairs.size(); ++i) {
        const int column = static_cast<int>(i) / rows;
        const int x = column * (columnWidth + columnGap);
        const int y = static_cast<int>(i) % rows * rowHeight();
        m_pairs[i].label->setGeometry(x, y, m_labelWidth, rowHeight());
        const int left = x + m_labelWidth + labelGap;
        m_pairs[i].value->setGeometry(left, y, std::max(1, x + columnWidth - left), rowHeight());
    }
}

} // namespace stepscope
