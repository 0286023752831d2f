#include "app/dialogs/contextview.h"

#include "app/dialogs/contextdelegate.h"
#include "widgets/theme/tracepalette.h"
#include "widgets/viewmodel/contextmodel.h"

#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <array>

namespace stepscope {

namespace {

constexpr int cellMargin = 18; // left and right of a text, together

} // namespace

ContextView::ContextView(ContextModel* model, QWidget* parent) : QTreeView(parent), m_context(model)
{
    setModel(model);
    setItemDelegate(new ContextDelegate(this));
    setAccessibleName(tr("Measurement context"));
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(false);
    setIndentation(0);
    setItemsExpandable(false);
    setExpandsOnDoubleClick(false);
    setUniformRowHeights(false);
    setAllColumnsShowFocus(true);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::SelectedClicked |
                    QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed);
    setTabKeyNavigation(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    header()->setSectionsMovable(false);
    header()->setSectionsClickable(false);
    header()->setHighlightSections(false);
    header()->setStretchLastSection(true);
    header()->setMinimumSectionSize(40);
    header()->setSectionResizeMode(QHeaderView::Interactive);
    expandAll();
    for (int group = 0; group < model->rowCount(); ++group)
        setFirstColumnSpanned(group, {}, true);
    applyTheme();
    connect(model, &QAbstractItemModel::dataChanged, this, [this] {
        fitColumns();
        emit currentRowChanged();
    });
}

void ContextView::confirmCurrent()
{
    m_context->confirm(currentValue());
}

void ContextView::clearCurrent()
{
    m_context->clear(currentValue());
}

void ContextView::goToFirstMissing()
{
    QModelIndex first;
    for (QModelIndex at = nextEditable({}, 1); at.isValid(); at = nextEditable(at, 1)) {
        if (!first.isValid())
            first = at;
        if (at.data(ContextModel::StateRole).toInt() == static_cast<int>(ContextModel::RowState::Missing)) {
            first = at;
            break;
        }
    }
    setCurrentIndex(first);
}

QSize ContextView::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 140, fontMetrics().height() * 34};
}

QModelIndex ContextView::currentValue() const
{
    return currentIndex().siblingAtColumn(ContextModel::Value);
}

/// The next value that can be typed, through all groups; invalid after the last one.
QModelIndex ContextView::nextEditable(const QModelIndex& from, int direction) const
{
    QModelIndex at = from.isValid() ? from.siblingAtColumn(0) : model()->index(0, 0);
    if (!from.isValid() && model()->flags(at.siblingAtColumn(ContextModel::Value)) & Qt::ItemIsEditable)
        return at.siblingAtColumn(ContextModel::Value);
    do {
        at = direction > 0 ? indexBelow(at) : indexAbove(at);
    } while (at.isValid() && !(model()->flags(at.siblingAtColumn(ContextModel::Value)) & Qt::ItemIsEditable));
    return at.siblingAtColumn(ContextModel::Value);
}

QModelIndex ContextView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    if (action == MoveNext || action == MovePrevious) {
        const QModelIndex next = nextEditable(currentIndex(), action == MoveNext ? 1 : -1);
        return next.isValid() ? next : currentValue();
    }
    const QModelIndex moved = QTreeView::moveCursor(action, modifiers);
    return moved.parent().isValid() ? moved.siblingAtColumn(ContextModel::Value) : moved;
}

void ContextView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTreeView::currentChanged(current, previous);
    emit currentRowChanged();
}

void ContextView::keyPressEvent(QKeyEvent* event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool isCommand = event->modifiers().testFlag(Qt::ControlModifier);
    if (event->key() == Qt::Key_Space || (isEnter && isCommand))
        confirmCurrent();
    else if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)
        clearCurrent();
    else if (isEnter)
        edit(currentValue()); // the dialog's default button does not take it
    else
        QTreeView::keyPressEvent(event);
}

void ContextView::drawRow(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    if (index.parent().isValid() && index.row() > 0)
        painter->fillRect(option.rect.left(), option.rect.top(), option.rect.width(), 1,
                          colours[Colour::Grid]);
    QTreeView::drawRow(painter, option, index);
}

void ContextView::resizeEvent(QResizeEvent* event)
{
    QTreeView::resizeEvent(event);
    fitColumns();
}

void ContextView::changeEvent(QEvent* event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
    else if (event->type() == QEvent::FontChange)
        fitColumns();
}

/// Name and source as wide as they need to be; value and note share the rest.
void ContextView::fitColumns()
{
    std::array<int, ContextModel::columnCountValue> widths{};
    for (QModelIndex at = model()->index(0, 0); at.isValid(); at = indexBelow(at)) {
        for (int column = 0; at.parent().isValid() && column < ContextModel::columnCountValue; ++column) {
            int& width = widths[static_cast<std::size_t>(column)];
            const QString text = at.siblingAtColumn(column).data().toString();
            width = std::max(width, fontMetrics().horizontalAdvance(text) + cellMargin);
        }
    }
    const int rest = viewport()->width() - widths[ContextModel::Name] - widths[ContextModel::Source];
    const int most = std::max(rest - widths[ContextModel::Note], rest / 2);
    header()->resizeSection(ContextModel::Name, widths[ContextModel::Name]);
    header()->resizeSection(ContextModel::Source, widths[ContextModel::Source]);
    header()->resizeSection(ContextModel::Value, std::clamp(widths[ContextModel::Value], rest / 3, most));
}

void ContextView::applyTheme()
{
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    const QString sheet =
        QStringLiteral(
            "QTreeView { background: %1; border: 1px solid %2; border-radius: 6px; outline: none; }"
            "QTreeView::item:selected { background: %3; }"
            "QTreeView QLineEdit { border-radius: 0px; padding: 0px 2px; }"
            "QScrollBar:vertical { background: %1; width: 8px; margin: 0px; border: none; }"
            "QScrollBar::handle:vertical { background: %2; border-radius: 4px; min-height: 32px; }"
            "QScrollBar::handle:vertical:hover { background: %4; }"
            "QScrollBar::add-line, QScrollBar::sub-line { height: 0px; }"
            "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }"
            "QHeaderView { background: %1; border: none; }"
            "QHeaderView::section { background: %1; color: %4; border: none;"
            " border-bottom: 1px solid %2; padding: 4px 4px 4px 4px; }")
            .arg(colours[Colour::Canvas].name(), colours[Colour::Separator].name(),
                 colours[Colour::Raised].name(), colours[Colour::FaintText].name());
    if (styleSheet() != sheet)
        setStyleSheet(sheet);
}

} // namespace stepscope
