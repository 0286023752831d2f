#include "widgets/panels/textwidths.h"

#include <QFontMetrics>

namespace stepscope {

namespace {

constexpr qsizetype mostRemembered = 1'000;

} // namespace

int TextWidths::of(QString text, const QFont& font)
{
    if (font != m_font || m_widths.size() > mostRemembered) {
        m_widths.clear();
        m_font = font;
    }
    for (QChar& letter : text) {
        if (letter.isDigit())
            letter = QLatin1Char('0');
    }
    const auto found = m_widths.constFind(text);
    if (found != m_widths.cend())
        return *found;
    const int width = QFontMetrics(font).horizontalAdvance(text);
    m_widths.insert(text, width);
    return width;
}

} // namespace stepscope
