#include "core/import/servercommandreader.h"

#include "core/base/utf8.h"
#include "core/import/commandsecrets.h"
#include "core/import/serverlaunch.h"
#include "core/import/serveroptions.h"
#include "core/import/wholefile.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace stepscope {

namespace {

constexpr std::size_t mostCommandBytes = 1U << 20;
constexpr std::string_view commandByteOrderMark = "\xef\xbb\xbf";
constexpr std::string_view noBreakSpace = "\xc2\xa0"; // web pages have them between words
constexpr std::string_view fence = "```";

Error notACommand(std::string what)
{
    return Error{ErrorCode::NotAServerCommand, std::move(what)};
}

Error tooLongACommand()
{
    return notACommand("it is larger than 1 MiB; paste the one command that starts the server");
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

bool hasControlCharacters(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](unsigned char c) {
        return (c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
    });
}

/// Ends every line with '\n'.
std::string plainLines(std::string_view text)
{
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\r') {
            plain += '\n';
            at += at + 1 < text.size() && text[at + 1] == '\n' ? 1 : 0;
        } else if (text.substr(at, noBreakSpace.size()) == noBreakSpace) {
            plain += ' ';
            ++at;
        } else {
            plain += text[at];
        }
    }
    return plain;
}

/// Without what marks a command in a chat or a page: fences and backticks around it and, where they are no
/// comments, root's prompts.
std::string withoutMarks(std::string_view text, bool withoutRootPrompts)
{
    if (text.size() > 2 && text.front() == '`' && text.back() == '`' && !text.starts_with(fence))
        text = text.substr(1, text.size() - 2);
    std::string plain;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        if (withoutRootPrompts && line.starts_with("# "))
            line.remove_prefix(2);
        if (!trimmed(line).starts_with(fence))
            plain += line;
        plain += '\n';
        at = end + 1;
    }
    return plain;
}

Result<std::vector<ServerLaunch>> launchesIn(std::string_view text)
{
    const std::string plain = plainLines(text);
    Result<std::vector<ServerLaunch>> launches = findServerLaunches(withoutMarks(plain, false));
    if (launches && !launches->empty())
        return launches;
    Result<std::vector<ServerLaunch>> prompted = findServerLaunches(withoutMarks(plain, true));
    return prompted && !prompted->empty() ? prompted : launches;
}

} // namespace

Result<ServerCommand> parseServerCommand(std::string_view text)
{
    if (text.size() > mostCommandBytes)
        return tooLongACommand();
    if (text.starts_with(commandByteOrderMark))
        text.remove_prefix(commandByteOrderMark.size());
    text = trimmed(text);
    if (text.empty())
        return notACommand("it is empty; paste the command that starts the server");
    if (hasControlCharacters(text) || validUtf8(text).wasInvalid)
        return notACommand("it holds bytes that are no text; paste the command as it was typed");
    // What is read is what is kept, so that it is read alike from there.
    std::string kept = withoutSecrets(text);
    const Result<std::vector<ServerLaunch>> launches = launchesIn(kept);
    if (!launches)
        return launches.error();
    if (launches->empty())
        return notACommand(
            "it holds neither vllm serve nor sglang.launch_server; paste the command that starts "
            "the server");
    if (launches->size() > 1)
        return notACommand("it starts several servers; paste the command of the one that was recorded");
    ServerCommand command = readServerOptions(launches->front());
    command.text = std::move(kept);
    return command;
}

Result<ServerCommand> readServerCommand(const std::string& path)
{
    const Result<std::string> text = readWholeFile(path, mostCommandBytes, tooLongACommand());
    return text ? parseServerCommand(*text) : Result<ServerCommand>(text.error());
}

} // namespace stepscope
