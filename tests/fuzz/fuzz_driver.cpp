#include "core/import/driverrecordreader.h"
#include "tests/fuzz/fuzztarget.h"

#include <algorithm>
#include <cmath>

using namespace stepscope;
using test::require;

namespace {

void checkRound(const DriverRound& round)
{
    for (const std::optional<double>& number :
         {round.tpotMilliseconds, round.tpotWithPrefillMilliseconds, round.ttftMilliseconds,
          round.itlMilliseconds, round.tokensPerStep, round.promptTokens, round.outputTokens})
        require(!number || (std::isfinite(*number) && *number > 0.0), "a measure is a positive number");
    require(!round.concurrency || *round.concurrency >= 0, "a concurrency is no negative number");
    require(round.firstFailure.empty() || round.failures > 0, "a failure that is told is counted");
}

} // namespace

/// What a load driver wrote.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text = test::textOf(data, size);
    const Result<DriverRecord> record = parseDriverRecord(text, "NAME");
    if (!record) {
        require(record.error().code == ErrorCode::NotADriverRecord && !record.error().detail.empty(),
                "what is no record is said to be none, and why");
        return 0;
    }
    require(record->name == "NAME" && !record->rounds.empty(), "a record has a round");
    require(record->rounds.size() <=
                static_cast<std::size_t>(
                    std::count_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '}'; })) +
                    1,
            "no more rounds than lines or objects");
    std::for_each(record->rounds.begin(), record->rounds.end(), checkRound);
    const auto isChosen = [&](const DriverRound& round) { return &round == &record->chosen(); };
    require(std::any_of(record->rounds.begin(), record->rounds.end(), isChosen),
            "the chosen round is one of them");
    return 0;
}
