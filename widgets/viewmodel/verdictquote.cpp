#include "widgets/viewmodel/verdictquote.h"

#include "core/report/budgetreport.h"
#include "core/report/reconciletext.h"
#include "core/report/verdicttext.h"
#include "widgets/viewmodel/displaytext.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace stepscope {

namespace {

struct QuoteText {
    Q_DECLARE_TR_FUNCTIONS(VerdictQuote)
};

constexpr std::size_t hashDigits = 12;

} // namespace

QString verdictQuote(const TraceIndex& index, const Assessment& assessment)
{
    const CaptureInfo& capture = index.trace().capture();
    const Verdict& verdict = assessment.referenceVerdict();
    QStringList on;
    on += QFileInfo(QFile::decodeName(capture.path.c_str())).fileName();
    on += displaytext::deviceName(index.trace(), assessment.reference);
    on += QuoteText::tr("window %1").arg(displaytext::window(assessment.analysis.window));
    on += displaytext::counted(assessment.referenceWindow().budget.steps, QuoteText::tr("1 step"),
                               QuoteText::tr("%1 steps"));
    on += QString::fromStdString(capture.tool);
    on += displaytext::core(trustWord(trustOf(index, assessment.reference)));
    on += QLatin1String(labelOf(assessment.context));
    if (const std::string hash = capture.sha256.text(); !hash.empty())
        on += QStringLiteral("SHA-256 %1…").arg(QString::fromStdString(hash.substr(0, hashDigits)));
    on.removeAll(QString());
    QStringList sentences;
    sentences += displaytext::core(verdictWord(verdict.verdict)).toUpper() + QLatin1Char(':') +
                 QLatin1Char(' ') + displaytext::sentence(verdictSentence(assessment, index));
    if (const QString margin = displaytext::sentence(marginSentence(assessment)); !margin.isEmpty())
        sentences += margin;
    for (const Sentence& override : overrideSentences(assessment))
        sentences += displaytext::sentence(override);
    return QuoteText::tr("%1 (%2)").arg(sentences.join(QStringLiteral(" · ")), on.join(QStringLiteral(", ")));
}

} // namespace stepscope
