#include "app/cli/interruptprogress.h"

#include <csignal>

namespace stepscope {

namespace {

volatile std::sig_atomic_t isInterrupted = 0;

void noteInterrupt(int)
{
    isInterrupted = 1;
}

} // namespace

InterruptProgress::InterruptProgress()
{
    struct sigaction action = {};
    action.sa_handler = noteInterrupt;
    action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
    ::sigemptyset(&action.sa_mask);
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

bool InterruptProgress::isCancelled() const
{
    return isInterrupted != 0;
}

} // namespace stepscope
