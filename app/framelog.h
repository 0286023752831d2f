#pragma once

#include <QApplication>

#include <vector>

namespace stepscope {

/// The application, which with STEPSCOPE_FRAME_LOG in the environment tells at its end on stderr what CPU
/// time the GUI thread spent in each painted frame and for each event of mouse and keyboard: p50, p99, the
/// longest, and how many took longer than 33 ms. Without it costs nothing.
class FrameLog : public QApplication {
    Q_OBJECT

public:
    FrameLog(int& argc, char** argv);
    ~FrameLog() override;

    bool notify(QObject* receiver, QEvent* event) override;

private:
    const bool m_isOn;
    bool m_isInside = false;      // of an event that is timed: what it causes is its own
    std::vector<double> m_frames; // s
    std::vector<double> m_inputs;
};

} // namespace stepscope
