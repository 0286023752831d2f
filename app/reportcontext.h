#pragma once

#include <QWidget>

namespace stepscope {

class MeasurementContext;

/// Every field of the measurement context in columns; what is not known is said to be unknown.
class ReportContext : public QWidget {
    Q_OBJECT

public:
    explicit ReportContext(const MeasurementContext& context, QWidget* parent = nullptr);
};

} // namespace stepscope
