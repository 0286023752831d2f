#pragma once

#include <QFont>
#include <QHash>
#include <QString>

namespace stepscope {

/// Remembers how wide texts are in one font whose digits are equally wide, see tabularFont(): "12.5" and
/// "38.0" are measured once. For columns that are fitted anew with each move of a drag.
class TextWidths {
public:
    int of(QString text, const QFont& font);

private:
    QFont m_font;
    QHash<QString, int> m_widths; // with every digit a zero
};

} // namespace stepscope
