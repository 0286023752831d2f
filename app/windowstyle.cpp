#include "app/windowstyle.h"

#include "widgets/theme/tracepalette.h"

#include <QPushButton>
#include <QStyle>

namespace stepscope {

void setPrimary(QPushButton* button, bool isPrimary)
{
    button->setProperty("primary", isPrimary);
    button->style()->unpolish(button); // a sheet looks at properties when it polishes
    button->style()->polish(button);
}

QString windowStyleSheet(const TracePalette& colours)
{
    QString sheet = QStringLiteral(
        "QMenuBar { background: @panel; border-bottom: 1px solid @line; padding: 2px 8px; }"
        "QMenuBar::item { background: transparent; color: @dim; padding: 4px 9px; border-radius: 4px; }"
        "QMenuBar::item:selected { background: @raised; color: @text; }"
        "QToolBar { background: @panel; border: none; border-bottom: 1px solid @line; padding: 5px 10px; "
        "spacing: 4px; }"
        "QToolBar::separator { background: @line; width: 1px; margin: 4px 8px; }"
        "QToolBar QToolButton { color: @text; padding: 5px 11px; border: 1px solid transparent; "
        "border-radius: 6px; }"
        "QToolBar #stepArrow { padding: 5px 7px; }"
        "#gapBar QToolButton, #findBar QToolButton { color: @text; padding: 1px 6px; "
        "border: 1px solid transparent; border-radius: 5px; }"
        "#gapBar QToolButton:hover { background: @raised; }"
        "#findBar QToolButton:hover { background: @panel; }"
        "#gapBar QToolButton:focus, #findBar QToolButton:focus { border-color: @focus; }"
        "#findBar QToolButton:disabled { color: @faint; }"
        "#goTo { background: @panel; border: 1px solid @faint; border-radius: 8px; }"
        "#goTo QTreeView { background: @panel; border: none; }"
        "#goTo QTreeView::item:selected { background: @raised; color: @text; }"
        "QToolBar QToolButton:hover { background: @raised; }"
        "QToolBar QToolButton:pressed, QToolBar QToolButton:checked { background: @raised; border-color: "
        "@line; }"
        "QToolBar QToolButton:focus { border-color: @focus; }"
        "QToolBar QToolButton:disabled { color: @faint; }"
        "QStatusBar { background: @panel; border-top: 1px solid @line; }"
        "QStatusBar::item { border: none; }"
        "QPushButton { color: @text; background: @raised; border: 1px solid @line; border-radius: 6px;"
        " padding: 6px 14px; }"
        "QPushButton:hover { border-color: @faint; }"
        "QPushButton:focus { border-color: @focus; }"
        "QPushButton[primary=\"true\"] { color: @onPrimary; background: @primary; border-color: @primary; }"
        "QPushButton[primary=\"true\"]:focus { border-color: @text; }"
        "QPushButton[flatLink=\"true\"] { color: @warn; background: transparent; border: none; padding: 0px "
        "2px;"
        " text-decoration: underline; }"
        "QPushButton[quietLink=\"true\"] { color: @link; background: transparent; border: 1px solid "
        "transparent; border-radius: 4px; padding: 0px 3px; }"
        "QPushButton[quietLink=\"true\"]:hover { text-decoration: underline; }"
        "QPushButton[quietLink=\"true\"]:focus { border-color: @focus; }"
        "QPushButton:disabled { color: @faint; }"
        "QLineEdit { color: @text; background: @canvas; border: 1px solid @line; border-radius: 5px; "
        "padding: 2px 6px; }"
        "QLineEdit:focus { border-color: @focus; }"
        "QLineEdit[wrong=\"true\"] { border-color: @fail; }"
        "QTabBar#bottomTabs::tab { color: @dim; background: transparent; padding: 3px 11px; margin: 0px 2px;"
        " border: 1px solid transparent; border-radius: 5px; }"
        "QTabBar#bottomTabs::tab:hover { color: @text; }"
        "QTabBar#bottomTabs::tab:selected { color: @text; background: @canvas; border-color: @line; }"
        "QTabBar#bottomTabs::tab:selected:focus { border-color: @focus; }"
        "QSplitter::handle { background: @line; }"
        "QScrollArea { border: none; background: @panel; }"
        "QScrollBar:vertical { background: @panel; width: 8px; margin: 0px; border: none; }"
        "QScrollBar::handle:vertical { background: @line; border-radius: 4px; min-height: 32px; }"
        "QScrollBar::handle:vertical:hover { background: @faint; }"
        "QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical { height: 0px; }"
        "QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical { background: transparent; }"
        "#columnLine { background: @line; border: none; }"
        "QProgressBar { background: @line; border: none; border-radius: 4px; }"
        "QProgressBar::chunk { background: @primary; border-radius: 4px; }");
    const auto fill = [&sheet](const char* name, const QColor& colour) {
        sheet.replace(QLatin1String(name), colour.name());
    };
    fill("@panel", colours[Colour::Panel]);
    fill("@canvas", colours[Colour::Canvas]);
    fill("@raised", colours[Colour::Raised]);
    fill("@link", colours[Colour::Link]);
    fill("@line", colours[Colour::Separator]);
    fill("@text", colours[Colour::Text]);
    fill("@dim", colours[Colour::DimText]);
    fill("@faint", colours[Colour::FaintText]);
    fill("@warn", colours[Colour::Warn]);
    fill("@fail", colours[Colour::Fail]);
    fill("@focus", colours[Colour::Focus]);
    fill("@onPrimary", colours[Colour::OnVerdict]);
    fill("@primary", colours[Colour::KernelBound]);
    return sheet;
}

} // namespace stepscope
