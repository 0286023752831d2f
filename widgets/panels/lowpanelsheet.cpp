#include "widgets/panels/lowpanelsheet.h"

namespace stepscope {

QString lowPanelSheet(const TracePalette& colours)
{
    return QStringLiteral("QPushButton { padding: 1px 8px; }"
                          "QScrollArea, QScrollArea > QWidget > QWidget { background: %1; }")
        .arg(colours[Colour::Canvas].name());
}

} // namespace stepscope
