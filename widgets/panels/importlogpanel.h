#pragma once

#include "core/trace/trace.h"

#include <QWidget>

#include <memory>

namespace stepscope {

class ImportLogModel;
class ImportLogTable;
class ThemedLabel;

/// What was odd in the file, what was left out of it and where it is damaged; a sentence when nothing was.
class ImportLogPanel : public QWidget {
    Q_OBJECT

public:
    explicit ImportLogPanel(QWidget* parent = nullptr);

    /// Null when none is open.
    void setTrace(std::shared_ptr<const Trace> trace);
    const ImportLogModel& model() const { return *m_model; }
    ImportLogTable& table() const { return *m_table; }
    /// What stands there instead of rows; empty when there are rows.
    QString emptyText() const;

signals:
    /// The user asks to see where an example lies.
    void placeRequested(const stepscope::ImportPlace& place);
    /// The user asks what a damaged place means.
    void damageRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void activate(int row);

    ImportLogModel* m_model;
    ImportLogTable* m_table;
    ThemedLabel* m_empty;
};

} // namespace stepscope
