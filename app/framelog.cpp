#include "app/framelog.h"

#include <QEvent>

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace stepscope {

namespace {

constexpr double longestFrame = 0.033; // s

double threadSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

bool isInput(QEvent::Type type)
{
    switch (type) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
    case QEvent::MouseMove:
    case QEvent::Wheel:
    case QEvent::KeyPress:
    case QEvent::ShortcutOverride: // what a key does is done while it looks for its action
    case QEvent::Shortcut:
        return true;
    default:
        return false;
    }
}

void tell(const char* what, std::vector<double> seconds)
{
    if (seconds.empty())
        return;
    std::sort(seconds.begin(), seconds.end());
    const auto at = [&seconds](double share) {
        return 1e3 * seconds[static_cast<std::size_t>(share * static_cast<double>(seconds.size() - 1))];
    };
    const auto over = seconds.end() - std::upper_bound(seconds.begin(), seconds.end(), longestFrame);
    std::fprintf(stderr, "%s: %zu, CPU p50 %.2f ms, p99 %.2f ms, longest %.2f ms, over 33 ms: %td\n", what,
                 seconds.size(), at(0.5), at(0.99), at(1.0), over);
}

} // namespace

FrameLog::FrameLog(int& argc, char** argv)
    : QApplication(argc, argv), m_isOn(qEnvironmentVariableIsSet("STEPSCOPE_FRAME_LOG"))
{}

FrameLog::~FrameLog()
{
    tell("frames", m_frames);
    tell("input events", m_inputs);
}

bool FrameLog::notify(QObject* receiver, QEvent* event)
{
    const bool isFrame = event->type() == QEvent::UpdateRequest;
    if (!m_isOn || m_isInside || !(isFrame || isInput(event->type())))
        return QApplication::notify(receiver, event);
    m_isInside = true;
    const double before = threadSeconds();
    const bool isTaken = QApplication::notify(receiver, event); // the event may be gone behind it
    (isFrame ? m_frames : m_inputs).push_back(threadSeconds() - before);
    m_isInside = false;
    return isTaken;
}

} // namespace stepscope
