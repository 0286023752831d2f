#include "widgets/panels/topkernelstable.h"

#include "widgets/panels/kerneldelegate.h"
#include "widgets/panels/tablekeys.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/topkernelsmodel.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QScrollArea>
#include <QSortFilterProxyModel>

#include <algorithm>
#include <vector>

namespace stepscope {

namespace {

constexpr int cellPadding = 9;       // what the style leaves free beside a text, and air
constexpr int nameInCharacters = 20; // below this, the share gives way
constexpr int narrowestName = 90;

constexpr int narrowColumns[] = {TopKernelsModel::Class, TopKernelsModel::PerStep,
                                 TopKernelsModel::TimePerStep, TopKernelsModel::Share,
                                 TopKernelsModel::InGraph};

/// What a column always has room for, so that it does not jump while the window is dragged.
QString widestUsual(int column)
{
    switch (column) {
    case TopKernelsModel::Class:
        return QStringLiteral("attention");
    case TopKernelsModel::PerStep:
        return QStringLiteral("0.00");
    case TopKernelsModel::TimePerStep:
        return QStringLiteral("000.0");
    case TopKernelsModel::Share:
        return QStringLiteral("00.0");
    default:
        return QStringLiteral("partly");
    }
}

} // namespace

TopKernelsTable::TopKernelsTable(TopKernelsModel* model, QWidget* parent)
    : QTableView(parent), m_kernels(model), m_sorted(new QSortFilterProxyModel(this))
{
    m_sorted->setSourceModel(model);
    m_sorted->setSortRole(TopKernelsModel::RawValueRole);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    setModel(m_sorted);
    setItemDelegate(new KernelDelegate(this));
    setAccessibleName(tr("Top kernels"));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    viewport()->setAutoFillBackground(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(fontMetrics().height() + 4);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(20);
    horizontalHeader()->setFixedHeight(fontMetrics().height() + 10);
    setSortingEnabled(true);
    sortByColumn(TopKernelsModel::TimePerStep, Qt::DescendingOrder);
    applyTheme();
    connect(m_sorted, &QAbstractItemModel::modelReset, this, &TopKernelsTable::fitContents);
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &TopKernelsTable::fitContents);
    connect(m_sorted, &QAbstractItemModel::dataChanged, this, &TopKernelsTable::fitContents);
    connect(this, &QAbstractItemView::doubleClicked, this, &TopKernelsTable::activateRow);
}

void TopKernelsTable::setAllShown(bool isAllShown)
{
    m_isAllShown = isAllShown;
    if (!isAllShown)
        scrollToTop();
    fitContents();
}

int TopKernelsTable::shownRows() const
{
    return m_isAllShown ? model()->rowCount() : std::min(rowsAtFirst, model()->rowCount());
}

QSize TopKernelsTable::sizeHint() const
{
    return {300, horizontalHeader()->minimumHeight() + shownRows() * verticalHeader()->defaultSectionSize()};
}

QSize TopKernelsTable::minimumSizeHint() const
{
    return {narrowestName, sizeHint().height()};
}

void TopKernelsTable::activateRow(const QModelIndex& index)
{
    if (index.isValid())
        emit rowActivated(m_sorted->mapToSource(index).row());
}

void TopKernelsTable::copyTable() const
{
    std::vector<int> shown;
    for (const QModelIndex& index : selectionModel()->selectedRows())
        shown.push_back(index.row());
    std::sort(shown.begin(), shown.end());
    if (shown.empty()) {
        for (int row = 0; row < m_sorted->rowCount(); ++row)
            shown.push_back(row);
    }
    std::vector<int> rows;
    for (const int row : shown)
        rows.push_back(m_sorted->mapToSource(m_sorted->index(row, 0)).row());
    QGuiApplication::clipboard()->setMimeData(m_kernels->tableOf(rows));
}

void TopKernelsTable::copyName() const
{
    if (currentIndex().isValid())
        QGuiApplication::clipboard()->setText(currentIndex().data(TopKernelsModel::WholeNameRole).toString());
}

void TopKernelsTable::contextMenuEvent(QContextMenuEvent* event)
{
    if (m_sorted->rowCount() == 0)
        return;
    QMenu menu(this);
    const bool hasCurrent = currentIndex().isValid();
    QAction* const show =
        menu.addAction(tr("Show the first one in the window"), this, [this] { activateRow(currentIndex()); });
    QAction* const name = menu.addAction(tr("Copy name"), this, [this] { copyName(); });
    show->setEnabled(hasCurrent);
    name->setEnabled(hasCurrent);
    menu.addAction(selectionModel()->hasSelection() ? tr("Copy selection as table") : tr("Copy all as table"),
                   QKeySequence::Copy, this, [this] { copyTable(); });
    menu.exec(event->globalPos());
}

bool TopKernelsTable::event(QEvent* event)
{
    return claimsTableKey(event) || QTableView::event(event);
}

void TopKernelsTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        copyTable();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        activateRow(currentIndex());
    else if (event->key() == Qt::Key_Escape && selectionModel()->hasSelection())
        clearSelection();
    else
        QTableView::keyPressEvent(event);
}

void TopKernelsTable::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

/// The row that the arrow keys reach stays in sight of the column that the table lies in.
void TopKernelsTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    if (!hasFocus() || !current.isValid())
        return;
    for (QWidget* outer = parentWidget(); outer; outer = outer->parentWidget()) {
        auto* const scroll = qobject_cast<QScrollArea*>(outer);
        if (!scroll)
            continue;
        const QPoint place = viewport()->mapTo(scroll->widget(), visualRect(current).center());
        scroll->ensureVisible(0, place.y(), 0, 2 * verticalHeader()->defaultSectionSize());
        return;
    }
}

void TopKernelsTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void TopKernelsTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

void TopKernelsTable::fitContents()
{
    fitColumns();
    if (const int rows = shownRows(); rows != m_rowsFitted) {
        m_rowsFitted = rows;
        updateGeometry();
    }
}

int TopKernelsTable::columnWidthFor(int column) const
{
    const bool isWord = column == TopKernelsModel::Class || column == TopKernelsModel::InGraph;
    const QFont cellFont = isWord ? kernelWordFont(font()) : tabularFont(font());
    TextWidths& widths = isWord ? m_words : m_numbers;
    int widest = std::max(
        m_headers.of(model()->headerData(column, Qt::Horizontal).toString(), horizontalHeader()->font()),
        widths.of(widestUsual(column), cellFont));
    // The first rows decide: those below them are short times and rare kernels.
    const int rows = std::min(shownRows(), 64);
    for (int row = 0; row < rows; ++row)
        widest = std::max(widest, widths.of(m_sorted->index(row, column).data().toString(), cellFont));
    return widest + cellPadding;
}

void TopKernelsTable::fitColumns()
{
    int left = viewport()->width();
    int share = 0;
    for (const int column : narrowColumns) {
        const int width = columnWidthFor(column);
        if (columnWidth(column) != width)
            setColumnWidth(column, width);
        (column == TopKernelsModel::Share ? share : left) -= width;
    }
    const int wanted = nameInCharacters * QFontMetrics(kernelNameFont(font())).averageCharWidth();
    const bool hasRoom = left + share >= wanted;
    setColumnHidden(TopKernelsModel::Share, !hasRoom);
    setColumnWidth(TopKernelsModel::Name, std::max(narrowestName, left + (hasRoom ? share : 0)));
}

void TopKernelsTable::applyTheme()
{
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    const QString sheet =
        QStringLiteral(
            "QHeaderView { background: transparent; }"
            "QHeaderView::section { background: transparent; color: %1; border: none;"
            " border-bottom: 1px solid %2; padding: 2px 4px 4px 4px; }"
            "QHeaderView::section:hover { color: %3; }"
            "QHeaderView::down-arrow, QHeaderView::up-arrow { image: none; width: 0px; height: 0px; }")
            .arg(colours[Colour::FaintText].name(), colours[Colour::Separator].name(),
                 colours[Colour::Text].name());
    if (horizontalHeader()->styleSheet() != sheet)
        horizontalHeader()->setStyleSheet(sheet);
}

} // namespace stepscope
