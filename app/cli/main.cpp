#include "app/cli/arguments.h"
#include "app/cli/budgetcommand.h"
#include "app/cli/exportcommand.h"
#include "app/cli/gapscommand.h"
#include "app/cli/gatescommand.h"
#include "app/cli/infocommand.h"
#include "app/cli/stepscommand.h"
#include "app/cli/verdictcommand.h"

#include <iostream>
#include <string>
#include <vector>

namespace {

constexpr const char* mainUsage =
    "StepScope on the command line: where each decoded token's time goes.\n"
    "\n"
    "  stepscope-cli info TRACE [--format text|json] [--comm-pattern REGEX]\n"
    "      what the file holds: versions, rows, devices, what was dropped\n"
    "  stepscope-cli budget TRACE [--window A:B|auto|all] [--device N] [--format text|json|csv]\n"
    "                       [--no-annotations] [--strict] [what is known of the measurement]\n"
    "      the decode-step budget of a window, the gates and the verdict\n"
    "  stepscope-cli gates TRACE [the options of budget]\n"
    "      the checklist with every row of evidence: what is wrong, where, and what to do\n"
    "  stepscope-cli verdict TRACE [the options of budget, without csv]\n"
    "      the verdict, its margin to flip, and what of it holds without the profiler\n"
    "  stepscope-cli steps TRACE [--window A:B|auto|all] [--device N] [--format text|json|csv]\n"
    "                      [--no-annotations]\n"
    "      the steps that a window touches, the suggested window and why the rest is not in it\n"
    "  stepscope-cli gaps TRACE [--window A:B|auto|all] [--device N] [--top N|all] [--format text|json|csv]\n"
    "                     [--no-annotations]\n"
    "      the idle gaps of a window, the 20 longest first, each divided among its owners\n"
    "  stepscope-cli export TRACE --out DIR [the options of budget]\n"
    "      the same as budget.txt and budget, steps, gaps, gates and context as CSV\n"
    "\n"
    "A window is two times from the trace start (1.5s:6.33s, 250ms:900ms), auto for the suggested window, "
    "or\n"
    "all. Text speaks of one device; JSON and CSV hold all of them.\n"
    "\n"
    "What is known of the measurement:\n"
    "  --tpot MS, --tokens-per-step X   time per output token without the profiler, tokens of a step\n"
    "  --driver FILE                    the clean driver's lines or the JSON of vllm bench serve or SGLang\n"
    "  --ttft MS                        time to first token: takes the prefill out of the driver's TPOT\n"
    "  --tpot-profiled MS, --driver-profiled FILE   the same of the round that was captured\n"
    "  --server-command FILE            the command that started the server, fills the measurement context\n"
    "  --context FILE.json              fields of the measurement context, and thresholds\n"
    "  --override GATE=REASON           go on in spite of a failed gate; every export carries the reason\n"
    "Of a big or suspicious file, every command:\n"
    "  --no-python   leave out Python frames that have no say in the budget, to save memory\n"
    "  --any-size    read it although it needs more memory than is free\n"
    "  --trust-gzip  read it although its compressed data expands as no trace does\n"
    "  --no-cache    open the files themselves, not what is kept of them in ~/.cache/stepscope, and keep "
    "nothing\n"
    "TRACE is an Nsight Systems .sqlite export, a .nsys-rep where nsys is installed, or a PyTorch profiler\n"
    ".json or .json.gz; several files\n"
    "of one recording, or the folder that holds its ranks, are opened as one trace.\n"
    "Exit codes: 0 done, 1 usage or unreadable, 2 a gate failed and the verdict is withheld,\n"
    "3 a gate warned under --strict. info, steps and gaps give no verdict.\n";

} // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> words(argv + 1, argv + argc);
    const std::string verb = words.empty() ? "" : words.front();
    const std::vector<std::string> rest(words.empty() ? words.begin() : words.begin() + 1, words.end());
    if (verb == "info")
        return stepscope::runInfo(rest);
    if (verb == "budget")
        return stepscope::runBudget(rest);
    if (verb == "gates")
        return stepscope::runGates(rest);
    if (verb == "verdict")
        return stepscope::runVerdict(rest);
    if (verb == "steps")
        return stepscope::runSteps(rest);
    if (verb == "gaps")
        return stepscope::runGaps(rest);
    if (verb == "export")
        return stepscope::runExport(rest);
    if (verb == "--version") {
        std::cout << "stepscope-cli " STEPSCOPE_VERSION "\n";
        return stepscope::exitDone;
    }
    if (verb == "--help" || verb == "-h") {
        std::cout << mainUsage;
        return stepscope::exitDone;
    }
    if (!verb.empty())
        std::cerr << "stepscope-cli: unknown command " << verb << "\n\n";
    std::cerr << mainUsage;
    return stepscope::exitUsageOrUnreadable;
}
