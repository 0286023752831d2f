#include "app/dialogs/keysdialog.h"

#include "widgets/theme/themedlabel.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QVBoxLayout>

namespace stepscope {

namespace {

constexpr int mostRows = 24;

QString keyNames(const QAction* action)
{
    QStringList names;
    for (const QKeySequence& key : action->shortcuts())
        names += key.toString(QKeySequence::NativeText);
    names.removeDuplicates();
    return names.mid(0, 2).join(QLatin1String(", "));
}

} // namespace

KeysDialog::KeysDialog(const QList<QAction*>& actions, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Keys"));
    auto* const columns = new QHBoxLayout;
    columns->setSpacing(40);
    const auto addTitle = [&](QGridLayout* grid, const QString& title) {
        auto* const label = new ThemedLabel(title, Colour::Text, this);
        label->setScale(1.0, true);
        grid->addWidget(label, grid->rowCount(), 0, 1, 2);
    };
    const auto addColumn = [&](const QString& title) {
        auto* const grid = new QGridLayout;
        grid->setHorizontalSpacing(18);
        grid->setVerticalSpacing(4);
        grid->setColumnStretch(1, 1);
        addTitle(grid, title);
        columns->addLayout(grid);
        columns->setAlignment(grid, Qt::AlignTop);
        return grid;
    };
    QGridLayout* keys = addColumn(tr("Window"));
    int rows = 0;
    for (const QAction* const action : actions) {
        if (action->shortcuts().isEmpty())
            continue;
        if (rows++ == mostRows) { // no taller than a small screen
            keys = addColumn(QString());
            rows = 1;
        }
        addRow(keys, keyNames(action), action->text().remove(QLatin1Char('&')).remove(QChar(0x2026)));
    }
    QGridLayout* const mouse = keys; // where a column is half empty
    mouse->setRowMinimumHeight(mouse->rowCount(), fontMetrics().height() / 2);
    addTitle(mouse, tr("On the timeline"));
    addRow(mouse, tr("W, S"), tr("zoom in and out at the cursor"));
    addRow(mouse, tr("A, D"), tr("move left and right"));
    addRow(mouse, tr("← →"), tr("move; with a window edge in focus: move the edge"));
    addRow(mouse, tr("↑ ↓"), tr("scroll the lanes"));
    addRow(mouse, tr("click"), tr("select a span, or the idle gap there"));
    addRow(mouse, tr("click on the cadence"), tr("select the step"));
    addRow(mouse, tr("drag"), tr("make the window"));
    addRow(mouse, tr("drag an edge"), tr("move it; it snaps to steps, not with Alt"));
    addRow(mouse, tr("Ctrl+drag"), tr("zoom to a range"));
    addRow(mouse, tr("Shift+drag"), tr("sum up an area of the lanes"));
    addRow(mouse, tr("middle or Space+drag"), tr("move the view"));
    addRow(mouse, tr("wheel"), tr("scroll the lanes; Ctrl: zoom; Shift: move"));
    addRow(mouse, tr("double click"), tr("fit the step"));
    addRow(mouse, tr("double click on a flag"), tr("change the note of a marker"));
    addRow(mouse, tr("drag in the histogram"), tr("only gaps of these lengths; ← → with the keyboard"));
    addRow(mouse, tr("Esc"), tr("undo a drag; let go of what is selected; stop opening"));

    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 18, 24, 14);
    layout->setSpacing(18);
    layout->addLayout(columns);
    layout->addStretch();
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void KeysDialog::addRow(QGridLayout* grid, const QString& keys, const QString& meaning)
{
    const int row = grid->rowCount();
    grid->addWidget(new ThemedLabel(keys, Colour::Text, this), row, 0);
    grid->addWidget(new ThemedLabel(meaning, Colour::DimText, this), row, 1);
}

} // namespace stepscope
