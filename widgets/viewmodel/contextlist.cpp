#include "widgets/viewmodel/contextlist.h"

#include "widgets/viewmodel/contextfields.h"
#include "widgets/viewmodel/displaytext.h"

#include <QCoreApplication>

namespace stepscope {

namespace {

struct ContextListText {
    Q_DECLARE_TR_FUNCTIONS(MeasurementContext)
};

} // namespace

std::vector<ContextLine> contextLines(const MeasurementContext& context)
{
    std::vector<ContextLine> lines;
    for (const ContextField& field : context.fields()) {
        lines.push_back({contextfields::name(field.key),
                         QString::fromStdString(field.value.value_or(std::string())),
                         contextfields::source(field.source), field.isRequired && !field.isFilled(),
                         field.source == ContextSource::Hint});
    }
    return lines;
}

QString contextRemark(const MeasurementContext& context)
{
    if (context.isComplete())
        return ContextListText::tr("complete");
    return displaytext::counted(context.missingCount(), ContextListText::tr("1 missing: reports stay DRAFT"),
                                ContextListText::tr("%1 missing: reports stay DRAFT"));
}

QString contextProgress(const MeasurementContext& context)
{
    if (context.isComplete())
        return ContextListText::tr("All %1 required fields are filled: exports are a VERDICT")
            .arg(displaytext::count(context.requiredCount()));
    return ContextListText::tr("%1 of %2 required fields are missing: exports stay DRAFT")
        .arg(displaytext::count(context.missingCount()), displaytext::count(context.requiredCount()));
}

QString contradictionText(const ContextField& field)
{
    const ContextClaim* const other = field.contradiction();
    if (!other)
        return {};
    return ContextListText::tr("%1 %2, %3 %4")
        .arg(QString::fromStdString(field.value.value_or(std::string())), contextfields::source(field.source),
             QString::fromStdString(other->value), contextfields::source(other->source));
}

QStringList contradictionLines(const MeasurementContext& context)
{
    QStringList lines;
    for (const ContextField& field : context.fields()) {
        if (const QString text = contradictionText(field); !text.isEmpty())
            lines += ContextListText::tr("%1: %2").arg(contextfields::name(field.key), text);
    }
    return lines;
}

} // namespace stepscope
