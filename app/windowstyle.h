#pragma once

#include <QString>

class QPushButton;

namespace stepscope {

class TracePalette;

/// Marks the one button of a page that does what the page is for.
void setPrimary(QPushButton* button, bool isPrimary = true);

/// The sheet of the main window: flat bars with one line under them, rounded buttons. Everything else is the
/// Fusion style under the palette of AppTheme.
QString windowStyleSheet(const TracePalette& colours);

} // namespace stepscope
