#pragma once

#include "core/base/result.h"
#include "core/gates/assessment.h"

#include <QCoreApplication>
#include <QImage>
#include <QString>
#include <QStringList>

namespace stepscope {

class TraceDocument;

/// Which files of a report are wanted, and where.
struct ReportRequest {
    QString folder; ///< made when it is missing
    QString stem;   ///< "decode" for decode-report.png, decode-budget.csv, …
    bool picture = true;
    bool finePicture = true; ///< the same page with twice the pixels
    bool tables = true;
    bool text = true;
};

/// Writes the report of what `document` shows: the one writer behind the menu and `stepscope --report`. The
/// page is the same on every screen; the other files are those of core/report/exportfiles.h, byte for byte.
/// GUI thread: it composes widgets.
class ReportWriter {
    Q_DECLARE_TR_FUNCTIONS(ReportWriter)

public:
    /// The document must be open and outlive the writer.
    explicit ReportWriter(TraceDocument* document) : m_document(document) {}

    /// "a2_graph_hostbound" for "…/a2_graph_hostbound.json.gz".
    static QString stemOf(const QString& tracePath);
    /// The names of the files that `request` asks for, without folder.
    static QStringList fileNames(const ReportRequest& request);
    /// Each file is replaced as a whole or not at all. Stops at the first that cannot be written.
    Result<Done> write(const ReportRequest& request) const;
    /// The two halves of write(). Tables and text may be long and need no window: any thread.
    static Result<Done> writeTables(const ReportRequest& request, const Assessment& assessment,
                                    const TraceIndex& index);
    Result<Done> writePictures(const ReportRequest& request) const;
    /// The page with `ratio` pixels for each of its own.
    QImage page(qreal ratio) const;

private:
    TraceDocument* m_document;
};

} // namespace stepscope
