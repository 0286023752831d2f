#pragma once

#include "widgets/theme/tracepalette.h"

#include <QPalette>

class QApplication;

namespace stepscope {

enum class ThemeChoice { System, Light, Dark };

/// A widget palette for the Fusion style with the grounds and texts of the trace palette.
QPalette widgetPalette(TracePalette::Scheme scheme);

/// Dresses the whole program: Fusion, and light or dark. Qt 6.4 cannot ask the desktop for its scheme, so
/// System is dark where the desktop's own palette is.
class AppTheme {
public:
    /// Remembers the desktop's palette: make it before the first apply().
    explicit AppTheme(QApplication& application);

    void apply(ThemeChoice choice);
    TracePalette::Scheme scheme(ThemeChoice choice) const;

private:
    QApplication& m_application;
    TracePalette::Scheme m_systemScheme;
};

} // namespace stepscope
