#include "widgets/panels/importlogdelegate.h"

#include "core/trace/importlog.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/importlogmodel.h"

#include <QGuiApplication>

namespace stepscope {

namespace {

QString severityMark(ImportSeverity severity)
{
    switch (severity) {
    case ImportSeverity::Error:
        return QStringLiteral("✕");
    case ImportSeverity::DataLoss:
        return QStringLiteral("!");
    case ImportSeverity::Info:
        break;
    }
    return QStringLiteral("–");
}

Colour severityColour(ImportSeverity severity)
{
    switch (severity) {
    case ImportSeverity::Error:
        return Colour::Fail;
    case ImportSeverity::DataLoss:
        return Colour::Warn;
    case ImportSeverity::Info:
        break;
    }
    return Colour::DimText;
}

} // namespace

void ImportLogDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const auto severity = static_cast<ImportSeverity>(index.data(ImportLogModel::SeverityRole).toInt());
    const bool isExample = index.data(ImportLogModel::IsExampleRole).toBool();
    Colour colour = isExample ? Colour::DimText : Colour::Text;
    switch (index.column()) {
    case ImportLogModel::Severity:
        colour = severityColour(severity);
        if (!option->text.isEmpty())
            option->text = QStringLiteral("%1  %2").arg(severityMark(severity), option->text);
        break;
    case ImportLogModel::Count:
        option->font = tabularFont(option->font);
        break;
    case ImportLogModel::What:
        if (isExample)
            option->rect.adjust(2 * option->fontMetrics.averageCharWidth(), 0, 0, 0);
        break;
    case ImportLogModel::Place:
        colour = Colour::Link;
        option->font.setUnderline(option->state.testFlag(QStyle::State_MouseOver));
        break;
    }
    const QColor& shown = TracePalette::matching(QGuiApplication::palette())[colour];
    option->palette.setColor(QPalette::Text, shown);
}

} // namespace stepscope
