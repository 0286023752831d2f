#include "app/reportfoot.h"

#include "core/report/budgetreport.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QGridLayout>

namespace stepscope {

namespace {

/// "4 833 900 000": digits in groups, so that nanoseconds can be read.
QString grouped(std::int64_t number)
{
    QString digits = QString::number(number);
    for (qsizetype at = digits.size() - 3; at > 0; at -= 3)
        digits.insert(at, QLatin1Char(' '));
    return digits;
}

} // namespace

ReportFoot::ReportFoot(const TraceDocument& document, QWidget* parent) : QWidget(parent)
{
    const CaptureInfo& capture = document.index()->trace().capture();
    const TimeRange window = document.window();
    const QString device =
        QString::fromStdString(deviceLabel(document.index()->trace(), document.reference()));
    const QString range = tr("window %1 – %2 ns from the trace start = %3 ns · %4")
                              .arg(grouped(nanosecondsOf(window.begin)), grouped(nanosecondsOf(window.end)),
                                   grouped(window.duration().count()), device);
    const QString made = QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
    auto* const hash =
        new ThemedLabel(QStringLiteral("SHA-256 %1").arg(QString::fromStdString(capture.sha256.text())),
                        Colour::DimText, this);
    auto* const exactWindow = new ThemedLabel(range, Colour::DimText, this);
    auto* const program = new ThemedLabel(tr("%1 · StepScope %2 · %3 UTC")
                                              .arg(QLatin1String(labelOf(document.assessment()->context)),
                                                   QCoreApplication::applicationVersion(), made.chopped(1)),
                                          Colour::DimText, this);
    auto* const tool = new ThemedLabel(QString::fromStdString(capture.tool), Colour::DimText, this);
    for (ThemedLabel* const label : {hash, exactWindow})
        label->setMonospaced();
    auto* const grid = new QGridLayout(this);
    grid->setContentsMargins(18, 10, 16, 12);
    grid->setVerticalSpacing(3);
    grid->addWidget(hash, 0, 0);
    grid->addWidget(exactWindow, 1, 0);
    grid->addWidget(tool, 0, 1, Qt::AlignRight);
    grid->addWidget(program, 1, 1, Qt::AlignRight);
    grid->setColumnStretch(0, 1);
}

} // namespace stepscope
