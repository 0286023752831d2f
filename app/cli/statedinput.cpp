#include "app/cli/statedinput.h"

#include "core/gates/statedcontext.h"
#include "core/import/contextfilereader.h"
#include "core/import/driverrecordreader.h"
#include "core/import/servercommandreader.h"
#include "core/report/errortext.h"
#include "core/report/printabletext.h"

#include <iostream>
#include <memory>
#include <utility>

namespace stepscope {

namespace {

/// Reads the files and numbers of one command line; the first thing wrong ends it.
class InputReader {
public:
    InputReader(const Arguments& arguments, std::string& fault) : m_arguments(arguments), m_fault(fault) {}

    std::optional<AssessmentInput> read()
    {
        RoundNumbers& clean = m_input.driver.clean;
        RoundNumbers& profiled = m_input.driver.profiled;
        const bool isDone =
            number("--tpot", clean.tpotMilliseconds) && number("--tokens-per-step", clean.tokensPerStep) &&
            number("--ttft", clean.ttftMilliseconds) &&
            number("--tpot-profiled", profiled.tpotMilliseconds) && record("--driver", clean) &&
            record("--driver-profiled", profiled) && command() && context() && overrides();
        return isDone ? std::optional(std::move(m_input)) : std::nullopt;
    }

private:
    bool refuse(std::string what)
    {
        m_fault = std::move(what);
        return false;
    }

    bool number(const char* option, std::optional<double>& target)
    {
        const std::optional<std::string> text = m_arguments.value(option);
        if (!text)
            return true;
        target = parseNumber(*text);
        if (!target || *target <= 0.0)
            return refuse(std::string(option) + " needs a number above 0, not " + *text);
        return true;
    }

    /// What the file of an option holds; none without the option. False when it could not be read.
    template <class T>
    bool file(const char* option, Result<T> (*readFile)(const std::string&), std::optional<T>& target)
    {
        const std::optional<std::string> path = m_arguments.value(option);
        if (!path)
            return true;
        Result<T> content = readFile(*path);
        if (!content) {
            std::cerr << "stepscope-cli: " << errorSentence(content.error(), *path) << "\n";
            return false;
        }
        target = std::move(*content);
        return true;
    }

    bool record(const char* option, RoundNumbers& round)
    {
        std::optional<DriverRecord> read;
        if (!file(option, readDriverRecord, read))
            return false;
        if (read)
            round.record = std::make_shared<const DriverRecord>(std::move(*read));
        return true;
    }

    bool command() { return file("--server-command", readServerCommand, m_input.command); }

    bool context()
    {
        std::optional<ContextStatement> stated;
        if (!file("--context", readContextFile, stated))
            return false;
        if (!stated)
            return true;
        Result<AssessmentInput> taken = withStatement(m_input, *stated);
        if (!taken) {
            std::cerr << "stepscope-cli: " << errorSentence(taken.error(), *m_arguments.value("--context"))
                      << "\n";
            return false;
        }
        m_input = std::move(*taken);
        return true;
    }

    bool overrides()
    {
        for (const std::string& text : m_arguments.values("--override")) {
            const std::size_t equals = text.find('=');
            const std::optional<double> gate = parseNumber(text.substr(0, equals));
            const bool isGate = gate && *gate >= 0.0 && *gate <= 8.0 && *gate == static_cast<int>(*gate);
            if (!isGate || equals == std::string::npos ||
                text.find_first_not_of(" \t", equals + 1) == std::string::npos)
                return refuse(
                    "--override needs a gate and a reason, such as 1=\"the prefill is known\", not " + text);
            m_input.overrides[static_cast<GateId>(static_cast<int>(*gate))] = text.substr(equals + 1);
        }
        return true;
    }

    const Arguments& m_arguments;
    std::string& m_fault;
    AssessmentInput m_input;
};

} // namespace

const std::vector<std::string_view>& inputOptions()
{
    static const std::vector<std::string_view> options = {
        "--tpot", "--tokens-per-step", "--driver",         "--tpot-profiled", "--driver-profiled",
        "--ttft", "--context",         "--server-command", "--override"};
    return options;
}

std::optional<AssessmentInput> statedInput(const Arguments& arguments, std::string& fault)
{
    return InputReader(arguments, fault).read();
}

} // namespace stepscope
