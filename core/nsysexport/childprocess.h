#pragma once

#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace stepscope {

/// A program that was started without a shell, in a process group of its own, with nothing on its input and
/// both outputs together in a pipe. Destroyed before it ended it is told to end, then made to. For one
/// thread.
class ChildProcess {
public:
    /// `arguments` from the program's path on. nullopt when it cannot be started.
    static std::optional<ChildProcess> start(const std::vector<std::string>& arguments);

    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&&) = delete;
    ~ChildProcess();

    /// What it printed since; waits up to `milliseconds` for something. Empty also when it ended.
    std::string output(int milliseconds);
    /// Whether it ended and all it printed was handed out.
    bool hasEnded();
    /// After it ended: its exit code, 128 and more where a signal ended it.
    int exitCode() const { return m_exitCode; }

private:
    ChildProcess(pid_t process, int pipe) : m_process(process), m_pipe(pipe) {}
    bool collect(bool waits);

    pid_t m_process;
    int m_pipe;
    bool m_isPipeOpen = true;
    bool m_hasEnded = false;
    int m_exitCode = 0;
};

} // namespace stepscope
