#include "widgets/panels/budgettable.h"

#include "widgets/panels/budgetdelegate.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/budgetmodel.h"
#include "widgets/viewmodel/displaytext.h"

#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int numberPadding = 2 * BudgetDelegate::cellPadding + 4;

constexpr double tinyMean = 1000.0; // ns

constexpr int numberColumns[] = {BudgetModel::PerStep, BudgetModel::Share, BudgetModel::PerToken,
                                 BudgetModel::Percentile90};

} // namespace

BudgetTable::BudgetTable(BudgetModel* model, QWidget* parent) : QTableView(parent)
{
    setModel(model);
    setItemDelegate(new BudgetDelegate(this));
    setAccessibleName(tr("Decode-step budget"));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionMode(QAbstractItemView::NoSelection);
    setFocusPolicy(Qt::NoFocus);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    viewport()->setAutoFillBackground(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 7);
    verticalHeader()->setMinimumSectionSize(fontMetrics().height() + 4);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setFixedHeight(fontMetrics().height() + 10);
    applyTheme();
    connect(model, &QAbstractItemModel::modelReset, this, &BudgetTable::fitContents);
    connect(model, &QAbstractItemModel::dataChanged, this, &BudgetTable::fitContents);
    m_nameWidth = nameWidth();
    fitContents();
}

QSize BudgetTable::sizeHint() const
{
    const int rows = model()->rowCount();
    return {m_nameWidth + m_numbersWidth,
            horizontalHeader()->minimumHeight() + rows * verticalHeader()->defaultSectionSize()};
}

QSize BudgetTable::minimumSizeHint() const
{
    return {m_nameWidth, sizeHint().height()};
}

void BudgetTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void BudgetTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
    if (event->type() == QEvent::FontChange) {
        m_nameWidth = nameWidth();
        fitContents();
    }
}

void BudgetTable::fitContents()
{
    fitColumns();
    if (const QSize wanted = sizeHint(); wanted != m_hint) {
        m_hint = wanted;
        updateGeometry();
    }
}

int BudgetTable::nameWidth() const
{
    QFont bold = font();
    bold.setBold(true);
    int widest = QFontMetrics(bold).horizontalAdvance(tr("Step cadence (mean)")) - BudgetDelegate::nameIndent;
    for (const TimeClass timeClass : allTimeClasses)
        widest = std::max(widest, fontMetrics().horizontalAdvance(displaytext::className(timeClass)));
    return widest + BudgetDelegate::nameIndent + 2 * BudgetDelegate::cellPadding + 2;
}

int BudgetTable::numberWidth(int column) const
{
    // Room for the header and "0.000"; a longer number widens the column.
    QFont bold = tabularFont(font());
    bold.setBold(true);
    int widest =
        m_headers.of(model()->headerData(column, Qt::Horizontal).toString(), horizontalHeader()->font());
    if (column != BudgetModel::Share)
        widest = std::max(widest, m_numbers.of(QStringLiteral("0.000"), bold));
    for (int row = 0; row < model()->rowCount(); ++row) {
        // The widest are sums, and what is so small that it reads "<0.001".
        const double mean =
            model()->index(row, BudgetModel::PerStep).data(BudgetModel::RawValueRole).toDouble();
        const bool isTiny = mean > 0.0 && mean < tinyMean;
        if (isTiny || model()->index(row, 0).data(BudgetModel::MarkRole).toInt() != BudgetModel::PlainRow)
            widest = std::max(widest, m_numbers.of(model()->index(row, column).data().toString(), bold));
    }
    return widest + numberPadding;
}

void BudgetTable::fitColumns()
{
    m_numbersWidth = 0;
    for (const int column : numberColumns) {
        const int width = numberWidth(column);
        m_numbersWidth += width;
        if (columnWidth(column) != width)
            setColumnWidth(column, width);
    }
    setColumnWidth(BudgetModel::Name, std::max(80, viewport()->width() - m_numbersWidth));
}

void BudgetTable::applyTheme()
{
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    // A style sheet is the one way to flatten a header under Fusion.
    const QString sheet =
        QStringLiteral("QHeaderView { background: transparent; }"
                       "QHeaderView::section { background: transparent; color: %1; border: none;"
                       " border-bottom: 1px solid %2; padding: 2px 4px 4px 4px; }")
            .arg(colours[Colour::FaintText].name(), colours[Colour::Separator].name());
    if (horizontalHeader()->styleSheet() != sheet)
        horizontalHeader()->setStyleSheet(sheet);
}

} // namespace stepscope
