#pragma once

#include <QWidget>

namespace stepscope {

class TraceDocument;

/// Which file was measured by which program when, and the window to the nanosecond. Written as files are, in
/// no language's way of writing numbers, so that reports can be compared.
class ReportFoot : public QWidget {
    Q_OBJECT

public:
    explicit ReportFoot(const TraceDocument& document, QWidget* parent = nullptr);
};

} // namespace stepscope
