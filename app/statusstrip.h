#pragma once

#include "core/analysis/traceindex.h"

#include <QStatusBar>

#include <chrono>
#include <memory>

class QPushButton;

namespace stepscope {

class ThemedLabel;

/// The line at the bottom: which trace, how much is in it, what was left out on import, how long it took to
/// open; on the right what is under the cursor.
class StatusStrip : public QStatusBar {
    Q_OBJECT

public:
    explicit StatusStrip(QWidget* parent = nullptr);

    void setTrace(const std::shared_ptr<const TraceIndex>& index, std::chrono::milliseconds took);
    void setReadout(const QString& text);

signals:
    /// The user asks what was left out or odd.
    void importLogRequested();

private:
    ThemedLabel* m_file;
    ThemedLabel* m_contents;
    QPushButton* m_log;
    ThemedLabel* m_took;
    ThemedLabel* m_readout;
};

} // namespace stepscope
