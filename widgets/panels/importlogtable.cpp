#include "widgets/panels/importlogtable.h"

#include "widgets/panels/importlogdelegate.h"
#include "widgets/panels/tablekeys.h"
#include "widgets/theme/tracepalette.h"
#include "widgets/viewmodel/importlogmodel.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int logCellPadding = 18;

} // namespace

ImportLogTable::ImportLogTable(ImportLogModel* model, QWidget* parent) : QTableView(parent), m_log(model)
{
    setModel(model);
    setItemDelegate(new ImportLogDelegate(this));
    setAccessibleName(tr("Import log"));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setMouseTracking(true);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(fontMetrics().height() + 4);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    horizontalHeader()->hide();
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setMinimumSectionSize(10);
    applyTheme();
    connect(model, &QAbstractItemModel::modelReset, this, &ImportLogTable::fitColumns);
    connect(this, &QAbstractItemView::clicked, this, [this](const QModelIndex& index) {
        if (index.column() == ImportLogModel::Place)
            activate(index);
    });
    connect(this, &QAbstractItemView::doubleClicked, this, [this](const QModelIndex& index) {
        if (index.column() != ImportLogModel::Place) // its first click did
            activate(index);
    });
}

void ImportLogTable::activate(const QModelIndex& index)
{
    if (index.isValid() && index.data(ImportLogModel::IsLinkRole).toBool())
        emit rowActivated(index.row());
}

void ImportLogTable::copyText() const
{
    std::vector<int> rows;
    for (const QModelIndex& index : selectionModel()->selectedRows())
        rows.push_back(index.row());
    std::sort(rows.begin(), rows.end());
    QGuiApplication::clipboard()->setText(m_log->textOf(rows));
}

void ImportLogTable::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    QAction* const show = menu.addAction(tr("Show the place"), this, [this] { activate(currentIndex()); });
    show->setEnabled(currentIndex().isValid() && currentIndex().data(ImportLogModel::IsLinkRole).toBool());
    menu.addAction(selectionModel()->hasSelection() ? tr("Copy selected rows as text")
                                                    : tr("Copy all as text"),
                   QKeySequence::Copy, this, [this] { copyText(); });
    menu.exec(event->globalPos());
}

bool ImportLogTable::event(QEvent* event)
{
    return claimsTableKey(event) || QTableView::event(event);
}

void ImportLogTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        copyText();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        activate(currentIndex());
    else if (event->key() == Qt::Key_Escape && selectionModel()->hasSelection())
        clearSelection();
    else
        QTableView::keyPressEvent(event);
}

void ImportLogTable::mouseMoveEvent(QMouseEvent* event)
{
    QTableView::mouseMoveEvent(event);
    const QModelIndex index = indexAt(event->pos());
    const bool isLink = index.isValid() && index.column() == ImportLogModel::Place &&
                        index.data(ImportLogModel::IsLinkRole).toBool();
    viewport()->setCursor(isLink ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void ImportLogTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void ImportLogTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

void ImportLogTable::fitColumns()
{
    int left = viewport()->width();
    for (const int column : {ImportLogModel::Severity, ImportLogModel::Count, ImportLogModel::Place}) {
        int widest = 0;
        for (int row = 0; row < m_log->rowCount(); ++row)
            widest = std::max(widest,
                              fontMetrics().horizontalAdvance(
                                  m_log->index(row, column).data().toString() +
                                  (column == ImportLogModel::Severity ? QStringLiteral("✕  ") : QString())));
        setColumnWidth(column, widest + logCellPadding);
        left -= widest + logCellPadding;
    }
    // What is met stands beside its place, not at the far end.
    int text = 0;
    for (int row = 0; row < m_log->rowCount(); ++row)
        text = std::max(
            text, fontMetrics().horizontalAdvance(m_log->index(row, ImportLogModel::What).data().toString()));
    setColumnWidth(ImportLogModel::What, std::clamp(text + 3 * logCellPadding, 60, std::max(left, 60)));
}

void ImportLogTable::applyTheme()
{
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    const QString sheet =
        QStringLiteral("QTableView { background: %1; }").arg(colours[Colour::Canvas].name());
    if (styleSheet() != sheet)
        setStyleSheet(sheet);
}

} // namespace stepscope
