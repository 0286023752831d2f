#include "widgets/theme/apptheme.h"

#include <QApplication>
#include <QStyle>
#include <QToolTip>

namespace stepscope {

QPalette widgetPalette(TracePalette::Scheme scheme)
{
    const TracePalette& colours = TracePalette::of(scheme);
    const QColor panel = colours[Colour::Panel];
    const QColor text = colours[Colour::Text];
    const QColor raised = colours[Colour::Raised];
    const QColor separator = colours[Colour::Separator];
    const QColor highlight = colours[Colour::KernelBound];

    QPalette palette(text, raised, separator, separator.darker(150), separator, text, Qt::white, panel,
                     panel);
    palette.setColor(QPalette::AlternateBase, colours[Colour::Canvas]);
    palette.setColor(QPalette::Midlight, raised);
    palette.setColor(QPalette::Shadow, colours.isDark() ? QColor(Qt::black) : separator.darker(140));
    palette.setColor(QPalette::ToolTipBase, raised);
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::PlaceholderText, colours[Colour::FaintText]);
    palette.setColor(QPalette::Highlight, highlight);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, colours[Colour::Link]);
    palette.setColor(QPalette::LinkVisited, colours[Colour::Link]);
    palette.setColor(QPalette::BrightText, Qt::white);

    QColor disabled = colours[Colour::FaintText];
    disabled.setAlphaF(0.7F);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, separator);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, disabled);
    return palette;
}

AppTheme::AppTheme(QApplication& application)
    : m_application(application), m_systemScheme(TracePalette::schemeOf(application.palette()))
{}

TracePalette::Scheme AppTheme::scheme(ThemeChoice choice) const
{
    switch (choice) {
    case ThemeChoice::Light:
        return TracePalette::Scheme::Light;
    case ThemeChoice::Dark:
        return TracePalette::Scheme::Dark;
    case ThemeChoice::System:
        break;
    }
    return m_systemScheme;
}

void AppTheme::apply(ThemeChoice choice)
{
    if (m_application.style()->objectName() != QLatin1String("fusion"))
        QApplication::setStyle(QStringLiteral("Fusion"));
    const QPalette palette = widgetPalette(scheme(choice));
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

} // namespace stepscope
