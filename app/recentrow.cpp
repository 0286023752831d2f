#include "app/recentrow.h"

#include "widgets/theme/tracepalette.h"
#include "widgets/viewmodel/displaytext.h"

#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLocale>
#include <QPainter>

namespace stepscope {

namespace {

Colour verdictColour(VerdictTone tone)
{
    switch (tone) {
    case VerdictTone::Host:
        return Colour::Fail;
    case VerdictTone::Withheld:
        return Colour::Warn;
    default:
        return Colour::DimText;
    }
}

QString shortFolder(const QString& path)
{
    const QString folder = QFileInfo(path).path();
    const QString home = QDir::homePath();
    if (folder == home)
        return QStringLiteral("~");
    return folder.startsWith(home + QLatin1Char('/')) ? QLatin1Char('~') + folder.mid(home.size()) : folder;
}

} // namespace

RecentRow::RecentRow(const RecentFile& file, QWidget* parent) : QAbstractButton(parent), m_file(file)
{
    setText(QFileInfo(file.path).fileName());
    setAccessibleName(text());
    setAccessibleDescription(file.path);
    setToolTip(displaytext::toolTip(file.path));
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize RecentRow::sizeHint() const
{
    return {400, fontMetrics().height() + 13};
}

QString RecentRow::day(const QDateTime& opened)
{
    const qint64 days = opened.date().daysTo(QDate::currentDate());
    if (days == 0)
        return tr("today");
    if (days == 1)
        return tr("yesterday");
    if (days > 1 && days < 7)
        return QLocale().dayName(opened.date().dayOfWeek());
    return QLocale().toString(opened.date(), QLocale::ShortFormat);
}

void RecentRow::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void RecentRow::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

void RecentRow::paintEvent(QPaintEvent*)
{
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    QPainter painter(this);
    if (underMouse() || hasFocus())
        painter.fillRect(rect(), colours[Colour::Raised]);
    painter.fillRect(0, height() - 1, width(), 1, colours[Colour::Separator]);

    // Columns in shares of the width: name, folder, verdict, day.
    const int inner = width() - 16;
    int left = 8;
    const auto cell = [&](const QString& words, int percent, Colour colour, Qt::TextElideMode elide) {
        const int cellWidth = inner * percent / 100;
        painter.setPen(colours[colour]);
        const QString shown = painter.fontMetrics().elidedText(words, elide, cellWidth - 12);
        painter.drawText(QRect(left, 0, cellWidth - 12, height()), Qt::AlignLeft | Qt::AlignVCenter, shown);
        left += cellWidth;
    };
    cell(text(), 42, Colour::Text, Qt::ElideMiddle);
    cell(shortFolder(m_file.path), 24, Colour::DimText, Qt::ElideMiddle);
    cell(m_file.verdict, 20, verdictColour(m_file.tone), Qt::ElideRight);
    cell(day(m_file.opened), 14, Colour::DimText, Qt::ElideRight);
}

} // namespace stepscope
