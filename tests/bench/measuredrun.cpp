#include "tests/bench/measuredrun.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace stepscope::bench {

namespace {

double secondsOf(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

Run runOnce(const std::function<void()>& work)
{
    const auto start = std::chrono::steady_clock::now();
    const pid_t child = ::fork();
    if (child == 0) {
        work();
        std::_Exit(0);
    }
    int status = 0;
    rusage used = {};
    if (child < 0 || ::wait4(child, &status, 0, &used) != child || status != 0) {
        std::fprintf(stderr, "a run failed\n");
        std::exit(1);
    }
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    return {wall.count(), secondsOf(used.ru_utime) + secondsOf(used.ru_stime),
            static_cast<double>(used.ru_maxrss) * 1024.0 / 1e6};
}

double medianOf(const std::vector<Run>& runs, double Run::*figure)
{
    std::vector<double> values;
    for (const Run& run : runs)
        values.push_back(run.*figure);
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

std::vector<Run> mediansOf(int runs, const std::vector<std::function<void()>>& works)
{
    std::vector<std::vector<Run>> measured(works.size());
    for (int i = 0; i < runs; ++i) {
        for (std::size_t work = 0; work < works.size(); ++work)
            measured[work].push_back(runOnce(works[work]));
    }
    std::vector<Run> medians;
    for (const std::vector<Run>& each : measured)
        medians.push_back(
            {medianOf(each, &Run::wall), medianOf(each, &Run::cpu), medianOf(each, &Run::peakMegabytes)});
    return medians;
}

Run medianOf(int runs, const std::function<void()>& work)
{
    return mediansOf(runs, {work}).front();
}

void* sharedMemory(std::size_t bytes)
{
    return ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

void execute(const std::vector<std::string>& words)
{
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    ::dup2(nowhere, STDOUT_FILENO);
    std::vector<char*> arguments;
    for (const std::string& word : words)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    ::execv(arguments.front(), arguments.data());
    std::_Exit(127);
}

} // namespace stepscope::bench
