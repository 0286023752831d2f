#include "core/import/serverlaunch.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <iterator>
#include <span>
#include <utility>

namespace stepscope {

namespace {

constexpr int deepestQuotes = 3;
// No command comes near these; they keep the time in bounds.
constexpr std::size_t mostVariables = 256;
constexpr std::size_t mostQuotedCommands = 64; // in one command
constexpr std::size_t mostLaunches = 16;

using Words = std::span<const ShellWord>;

/// What a path or an assignment ends with: vllm of /opt/bin/vllm and of ExecStart=/opt/bin/vllm.
std::string_view programName(std::string_view word)
{
    const std::size_t slash = word.find_last_of("/=");
    return slash == std::string_view::npos ? word : word.substr(slash + 1);
}

bool isAssignment(std::string_view word)
{
    const std::size_t sign = word.find('=');
    if (sign == 0 || sign == std::string_view::npos || std::isdigit(static_cast<unsigned char>(word[0])) != 0)
        return false;
    return std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(sign),
                       [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

template <std::size_t N> bool isOneOf(std::string_view word, const std::array<std::string_view, N>& list)
{
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// Where the server begins in the words of a command.
struct EnginePlace {
    ServedEngine engine;
    std::size_t at;        // first word that names it
    std::size_t arguments; // behind it
    bool namesModelFirst;
};

std::optional<EnginePlace> engineAt(Words words, std::size_t at)
{
    const std::string_view word = words[at].text;
    const std::string_view next = at + 1 < words.size() ? std::string_view(words[at + 1].text) : "";
    if (next == "serve" && programName(word) == "vllm")
        return EnginePlace{ServedEngine::Vllm, at, at + 2, true};
    if (next == "serve" && programName(word) == "sglang")
        return EnginePlace{ServedEngine::Sglang, at, at + 2, false};
    if (word == "-m" && next.starts_with("vllm.entrypoints.") && next.ends_with("api_server"))
        return EnginePlace{ServedEngine::Vllm, at, at + 2, false};
    if (word == "-m" && next == "vllm.entrypoints.cli.main" && at + 2 < words.size() &&
        words[at + 2].text == "serve")
        return EnginePlace{ServedEngine::Vllm, at, at + 3, true};
    if (word == "-m" && next == "sglang.launch_server")
        return EnginePlace{ServedEngine::Sglang, at, at + 2, false};
    if (word.ends_with("vllm/entrypoints/openai/api_server.py"))
        return EnginePlace{ServedEngine::Vllm, at, at + 1, false};
    if (word.ends_with("sglang/launch_server.py"))
        return EnginePlace{ServedEngine::Sglang, at, at + 1, false};
    return std::nullopt;
}

std::optional<EnginePlace> findEngine(Words words)
{
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (const auto place = engineAt(words, at))
            return place;
    }
    return std::nullopt;
}

/// Of `docker run`: where its image stands, and what it runs instead of the image's own program.
struct ContainerPlace {
    std::size_t image;
    std::optional<ShellWord> entryPoint;
};

/// Most of docker's options take a value; these do not.
bool isContainerFlag(std::string_view option)
{
    constexpr std::array<std::string_view, 10> flags = {
        "--rm",  "--init",      "--privileged",  "--detach",         "--interactive",
        "--tty", "--read-only", "--publish-all", "--no-healthcheck", "--quiet"};
    if (option.starts_with("--"))
        return option.find('=') != std::string_view::npos || isOneOf(option, flags);
    const bool isAttached =
        option.size() > 2 && std::string_view("evpuwhlmc").find(option[1]) != std::string_view::npos;
    return isAttached || option.find_first_not_of("ditPq", 1) == std::string_view::npos;
}

std::optional<ContainerPlace> findContainer(Words words)
{
    constexpr std::array<std::string_view, 3> programs = {"docker", "podman", "nerdctl"};
    constexpr std::string_view entryPointOption = "--entrypoint";
    const auto program = std::find_if(words.begin(), words.end(), [&](const ShellWord& word) {
        return isOneOf(programName(word.text), programs);
    });
    const auto run =
        std::find_if(program, words.end(), [](const ShellWord& word) { return word.text == "run"; });
    if (run == words.end())
        return std::nullopt;
    ContainerPlace place{static_cast<std::size_t>(run - words.begin()) + 1, std::nullopt};
    while (place.image < words.size() && words[place.image].text.starts_with('-')) {
        const ShellWord& option = words[place.image++];
        if (option.text.starts_with(entryPointOption) && option.text.size() > entryPointOption.size())
            place.entryPoint = ShellWord{option.text.substr(entryPointOption.size() + 1), option.hasVariable};
        if (isContainerFlag(option.text) || place.image >= words.size())
            continue;
        if (option.text == entryPointOption)
            place.entryPoint = words[place.image];
        ++place.image;
    }
    return place.image < words.size() ? std::optional(place) : std::nullopt;
}

/// vLLM's own images start the server: what follows their name are its model and its options.
bool startsServer(Words words, std::size_t image)
{
    if (image + 1 >= words.size())
        return false;
    constexpr std::array<std::string_view, 6> programs = {"bash", "sh", "python", "python3", "nsys", "sleep"};
    const std::string_view name = programName(words[image].text);
    const std::string_view first = words[image + 1].text;
    if (first.starts_with("--"))
        return name.find("vllm") != std::string_view::npos;
    return name.starts_with("vllm-openai") && !isOneOf(programName(first), programs);
}

/// Of Slurm, Kubernetes and Apptainer.
std::optional<ShellWord> namedImage(Words words)
{
    constexpr std::array<std::string_view, 3> prefixes = {"--container-image=", "--image=", "docker://"};
    for (std::size_t at = 0; at < words.size(); ++at) {
        const ShellWord& word = words[at];
        if ((word.text == "--container-image" || word.text == "--image") && at + 1 < words.size())
            return words[at + 1];
        for (const std::string_view prefix : prefixes) {
            if (word.text.starts_with(prefix))
                return ShellWord{word.text.substr(prefix.size()), word.hasVariable};
        }
    }
    return std::nullopt;
}

class LaunchFinder {
public:
    Result<std::vector<ServerLaunch>> find(std::string_view text)
    {
        const Result<std::vector<ShellCommand>> commands = splitShellWords(text);
        if (!commands)
            return commands.error();
        take(*commands, {}, deepestQuotes);
        return std::move(m_launches);
    }

private:
    void take(const std::vector<ShellCommand>& commands, ServerLaunch around, int depth)
    {
        for (const ShellCommand& command : commands) {
            if (speaksOnly(command.words))
                continue;
            if (m_launches.size() >= mostLaunches)
                return;
            if (!takeCommand(command, around, depth) && command.words.front().text == "export")
                addEnvironment(command.words, around);
        }
    }

    /// Commands that only mention others.
    static bool speaksOnly(Words words)
    {
        constexpr std::array<std::string_view, 14> speakers = {"echo",  "printf", "pip",  "pip3",    "grep",
                                                               "pgrep", "pkill",  "kill", "killall", "ps",
                                                               "which", "man",    "cat",  "alias"};
        return isOneOf(programName(words.front().text), speakers);
    }

    static void addEnvironment(Words words, ServerLaunch& launch)
    {
        for (const ShellWord& word : words) {
            constexpr std::string_view option = "--env=";
            const std::string_view text = word.text;
            const std::string_view assignment = text.substr(text.starts_with(option) ? option.size() : 0);
            if (isAssignment(assignment) && launch.environment.size() < mostVariables)
                launch.environment.push_back({std::string(assignment), word.hasVariable});
        }
    }

    bool takeCommand(const ShellCommand& command, const ServerLaunch& around, int depth)
    {
        const Words words = command.words;
        const std::optional<EnginePlace> place = findEngine(words);
        const std::optional<ContainerPlace> container = findContainer(words);
        const std::vector<std::size_t> quoted =
            depth > 0 ? quotedCommands(words) : std::vector<std::size_t>();
        if (!place && !container && quoted.empty())
            return false;
        ServerLaunch launch = around;
        launch.isOpen = launch.isOpen || command.isArray;
        if (container)
            launch.image = words[container->image];
        if (place) {
            addLaunch(words, *place, std::move(launch));
            return true;
        }
        return takeQuoted(words, quoted, launch, depth) ||
               (container && takeContainer(words, *container, launch));
    }

    /// What stands behind the image, run by the program that the command or the image names.
    bool takeContainer(Words words, const ContainerPlace& container, ServerLaunch& launch)
    {
        const Words front = words.first(container.image);
        const Words rest = words.subspan(container.image + 1);
        if (!container.entryPoint) {
            if (!startsServer(words, container.image))
                return false;
            addLaunch(words, {ServedEngine::Vllm, container.image, container.image + 1, true},
                      std::move(launch));
            return true;
        }
        std::vector<ShellWord> inside = {*container.entryPoint};
        inside.insert(inside.end(), rest.begin(), rest.end());
        const std::optional<EnginePlace> place = findEngine(inside);
        if (!place)
            return false;
        addEnvironment(front, launch);
        addLaunch(inside, *place, std::move(launch));
        return true;
    }

    void addLaunch(Words words, const EnginePlace& place, ServerLaunch launch)
    {
        const Words front = words.first(place.at);
        launch.engine = place.engine;
        launch.namesModelFirst = place.namesModelFirst;
        addEnvironment(front, launch);
        if (!launch.image)
            launch.image = namedImage(front);
        const Words arguments = words.subspan(place.arguments);
        launch.arguments.assign(arguments.begin(), arguments.end());
        m_launches.push_back(std::move(launch));
    }

    /// bash -c "…", ssh host '…', COMMAND="…"
    static std::vector<std::size_t> quotedCommands(Words words)
    {
        std::vector<std::size_t> places;
        for (std::size_t at = 0; at < words.size() && places.size() < mostQuotedCommands; ++at) {
            const std::string& text = words[at].text;
            if (text.find_first_of(" \t\n") != std::string::npos &&
                (text.find("vllm") != std::string::npos || text.find("sglang") != std::string::npos))
                places.push_back(at);
        }
        return places;
    }

    bool takeQuoted(Words words, const std::vector<std::size_t>& places, const ServerLaunch& around,
                    int depth)
    {
        const std::size_t before = m_launches.size();
        for (const std::size_t at : places) {
            const Result<std::vector<ShellCommand>> commands = splitShellWords(words[at].text);
            if (!commands)
                continue;
            ServerLaunch inner = around;
            inner.isOpen = inner.isOpen || isAssignment(words[at].text);
            addEnvironment(words.first(at), inner);
            take(*commands, std::move(inner), depth - 1);
        }
        return m_launches.size() > before;
    }

    std::vector<ServerLaunch> m_launches;
};

} // namespace

Result<std::vector<ServerLaunch>> findServerLaunches(std::string_view text)
{
    return LaunchFinder().find(text);
}

} // namespace stepscope
