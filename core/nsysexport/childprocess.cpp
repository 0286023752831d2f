#include "core/nsysexport/childprocess.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace stepscope {

namespace {

constexpr int pollsUntilKilled = 20;
constexpr int pollMilliseconds = 100;

} // namespace

std::optional<ChildProcess> ChildProcess::start(const std::vector<std::string>& arguments)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return std::nullopt;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(&attributes, 0);

    std::vector<std::string> words = arguments;
    std::vector<char*> vector;
    for (std::string& word : words)
        vector.push_back(word.data());
    vector.push_back(nullptr);
    pid_t process = 0;
    const int fault =
        ::posix_spawn(&process, words.front().c_str(), &actions, &attributes, vector.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    ::close(ends[1]);
    if (fault != 0) {
        ::close(ends[0]);
        return std::nullopt;
    }
    return ChildProcess(process, ends[0]);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : m_process(std::exchange(other.m_process, -1)), m_pipe(std::exchange(other.m_pipe, -1)),
      m_isPipeOpen(other.m_isPipeOpen), m_hasEnded(other.m_hasEnded), m_exitCode(other.m_exitCode)
{}

ChildProcess::~ChildProcess()
{
    if (m_process > 0 && !collect(false)) {
        ::kill(-m_process, SIGTERM);
        for (int i = 0; i < pollsUntilKilled && !collect(false); ++i)
            ::poll(nullptr, 0, pollMilliseconds);
        if (!m_hasEnded) {
            ::kill(-m_process, SIGKILL);
            collect(true);
        }
    }
    if (m_pipe >= 0)
        ::close(m_pipe);
}

std::string ChildProcess::output(int milliseconds)
{
    pollfd readable{m_pipe, POLLIN, 0};
    if (!m_isPipeOpen) {
        ::poll(nullptr, 0, milliseconds);
        return {};
    }
    if (::poll(&readable, 1, milliseconds) <= 0)
        return {};
    std::array<char, 4096> piece{};
    ssize_t got = 0;
    do {
        got = ::read(m_pipe, piece.data(), piece.size());
    } while (got < 0 && errno == EINTR);
    m_isPipeOpen = got > 0;
    return got > 0 ? std::string(piece.data(), static_cast<std::size_t>(got)) : std::string();
}

bool ChildProcess::hasEnded()
{
    pollfd readable{m_pipe, POLLIN, 0};
    return collect(false) && (!m_isPipeOpen || ::poll(&readable, 1, 0) <= 0);
}

bool ChildProcess::collect(bool waits)
{
    int status = 0;
    if (!m_hasEnded && ::waitpid(m_process, &status, waits ? 0 : WNOHANG) == m_process) {
        m_hasEnded = true;
        m_exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    return m_hasEnded;
}

} // namespace stepscope
