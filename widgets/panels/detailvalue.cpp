#include "widgets/panels/detailvalue.h"

#include "widgets/theme/tracepalette.h"
#include "widgets/viewmodel/displaytext.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>

namespace stepscope {

namespace {

constexpr int narrowestInCharacters = 10;

} // namespace

DetailValue::DetailValue(const SpanDetail& detail, QWidget* parent)
    : QAbstractButton(parent), m_link(detail.link)
{
    setText(detail.value);
    setAccessibleName(QStringLiteral("%1: %2").arg(detail.label, detail.value));
    setToolTip(displaytext::toolTip(detail.meaning.isEmpty()
                                        ? detail.value
                                        : QStringLiteral("%1\n%2").arg(detail.value, detail.meaning)));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(m_link.isNone() ? Qt::NoFocus : Qt::StrongFocus);
    if (!m_link.isNone())
        setCursor(Qt::PointingHandCursor);
}

QSize DetailValue::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(text()) + 2, fontMetrics().height() + 2};
}

QSize DetailValue::minimumSizeHint() const
{
    return {narrowestInCharacters * fontMetrics().averageCharWidth(), sizeHint().height()};
}

void DetailValue::paintEvent(QPaintEvent*)
{
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    QPainter painter(this);
    QFont font = painter.font();
    font.setUnderline(!m_link.isNone() && (underMouse() || hasFocus()));
    painter.setFont(font);
    painter.setPen(colours[m_link.isNone() ? Colour::Text : Colour::Link]);
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     fontMetrics().elidedText(text(), Qt::ElideRight, width()));
}

void DetailValue::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void DetailValue::enterEvent(QEnterEvent* event)
{
    update();
    QAbstractButton::enterEvent(event);
}

void DetailValue::leaveEvent(QEvent* event)
{
    update();
    QAbstractButton::leaveEvent(event);
}

} // namespace stepscope
