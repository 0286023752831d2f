#include "widgets/panels/nameview.h"

#include "widgets/theme/themedlabel.h"

#include <QEvent>
#include <QGuiApplication>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace stepscope {

NameView::NameView(QWidget* parent) : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setFont(tabularFont(font()));
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Name"));
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
    applyTheme();
    fitHeight();
}

void NameView::setName(const QString& name)
{
    setPlainText(name);
    fitHeight();
}

void NameView::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

void NameView::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

void NameView::fitHeight()
{
    int lines = 0;
    qreal lineHeight = fontMetrics().lineSpacing();
    for (QTextBlock block = document()->firstBlock(); block.isValid(); block = block.next()) {
        document()->documentLayout()->blockBoundingRect(block); // lays it out
        lines += std::max(1, block.layout()->lineCount());
        if (block.layout()->lineCount() > 0)
            lineHeight = block.layout()->lineAt(0).height();
    }
    setVerticalScrollBarPolicy(lines > mostLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    const int height = static_cast<int>(std::ceil(std::clamp(lines, 1, mostLines) * lineHeight));
    if (minimumHeight() != height || maximumHeight() != height)
        setFixedHeight(height);
}

void NameView::applyTheme()
{
    QPalette own = QGuiApplication::palette();
    own.setColor(QPalette::Text, TracePalette::matching(QGuiApplication::palette())[Colour::Text]);
    own.setColor(QPalette::Base, Qt::transparent);
    if (palette() != own)
        setPalette(own);
}

} // namespace stepscope
