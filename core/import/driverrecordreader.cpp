#include "core/import/driverrecordreader.h"

#include "core/import/jsoncleaner.h"
#include "core/import/textsource.h"
#include "core/import/wholefile.h"

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <utility>

namespace stepscope {

namespace {

using Json = nlohmann::json;

constexpr std::size_t mostBytes = 64U << 20;
constexpr std::size_t deepest = 64; // a record nests three levels; far deeper, it is none
constexpr std::string_view lineMark = "[clean-driver]";
constexpr int httpDone = 200;

Error notADriver(std::string what)
{
    return Error{ErrorCode::NotADriverRecord, std::move(what)};
}

/// Numbers that a measurement can have.
std::optional<double> positive(double number)
{
    return std::isfinite(number) && number > 0.0 ? std::optional(number) : std::nullopt;
}

/// A number of requests at a time; none where it cannot be one.
std::optional<std::int64_t> concurrencyOf(std::optional<double> number)
{
    return number && *number >= 1.0 && *number < 1e9 ? std::optional(std::llround(*number)) : std::nullopt;
}

/// The number that stands right behind `label`, as in "t=19.12s".
std::optional<double> numberAfter(std::string_view line, std::string_view label)
{
    std::size_t at = line.find(label);
    if (at == std::string_view::npos)
        return std::nullopt;
    at += label.size();
    while (at < line.size() && line[at] == ' ')
        ++at;
    double number = 0.0;
    const auto [end, fault] = std::from_chars(line.data() + at, line.data() + line.size(), number);
    return fault == std::errc() ? std::optional(number) : std::nullopt;
}

/// The same where it is a measure.
std::optional<double> measureAfter(std::string_view line, std::string_view label)
{
    const std::optional<double> number = numberAfter(line, label);
    return number ? positive(*number) : std::nullopt;
}

/// The word behind `label`, up to a space.
std::string wordAfter(std::string_view line, std::string_view label)
{
    const std::size_t at = line.find(label);
    if (at == std::string_view::npos)
        return {};
    const std::string_view rest = line.substr(at + label.size());
    return std::string(rest.substr(0, rest.find_first_of(" \t\r")));
}

/// The lines of one run: what it was asked for, then its rounds.
class CleanDriverLines {
public:
    void take(std::string_view line)
    {
        if (line.find(" model=") != std::string_view::npos) {
            m_model = wordAfter(line, " model=");
            m_concurrency = concurrencyOf(numberAfter(line, " c="));
            m_outputTokens = measureAfter(line, " max_tokens=");
        } else if (line.find(" round ") != std::string_view::npos) {
            takeRound(line);
        } else if (hasFailure(line)) {
            DriverRound round;
            round.failures = 1;
            round.firstFailure = std::string(line);
            add(std::move(round));
        }
    }

    DriverRecord finish(std::string name)
    {
        return {DriverKind::CleanDriver, std::move(name), std::move(m_model), std::move(m_rounds)};
    }

private:
    static bool hasFailure(std::string_view line)
    {
        constexpr std::array<std::string_view, 4> words = {"refused", "EngineDead", "error", "Error"};
        for (const std::string_view word : words) {
            if (line.find(word) != std::string_view::npos)
                return true;
        }
        return false;
    }

    void takeRound(std::string_view line)
    {
        DriverRound round;
        const std::optional<double> status = numberAfter(line, "http=");
        const bool isDone = status ? *status == httpDone : !hasFailure(line);
        (isDone ? round.requests : round.failures) = 1;
        if (!isDone)
            round.firstFailure = std::string(line);
        round.ttftMilliseconds = measureAfter(line, "TTFT");
        if (isDone)
            round.tpotWithPrefillMilliseconds = measureAfter(line, "TPOT");
        const std::optional<double> seconds = measureAfter(line, " t=");
        // Without the first token where its time is known: (t − TTFT) / (N − 1).
        if (isDone && round.ttftMilliseconds && seconds && m_outputTokens && *m_outputTokens > 1.0 &&
            round.tpotWithPrefillMilliseconds)
            round.tpotMilliseconds =
                positive((*seconds * 1e3 - *round.ttftMilliseconds) / (*m_outputTokens - 1.0));
        add(std::move(round));
    }

    void add(DriverRound round)
    {
        round.concurrency = m_concurrency;
        round.outputTokens = m_outputTokens;
        m_rounds.push_back(std::move(round));
    }

    std::string m_model;
    std::optional<std::int64_t> m_concurrency;
    std::optional<double> m_outputTokens;
    std::vector<DriverRound> m_rounds;
};

Result<DriverRecord> readLines(std::string_view text, std::string name)
{
    CleanDriverLines lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        if (line.find(lineMark) != std::string_view::npos)
            lines.take(line);
        at = end + 1;
    }
    DriverRecord record = lines.finish(std::move(name));
    if (record.rounds.empty())
        return notADriver("the clean driver's lines tell of no round");
    return record;
}

/// A text that is there as a whole.
class WholeText final : public TextSource {
public:
    explicit WholeText(std::string_view text) : m_text(text) {}
    std::string_view next() override { return std::exchange(m_text, {}); }
    std::uint64_t textBytes() const override { return 0; }

private:
    std::string_view m_text;
};

/// Where the object that begins at `at` ends; npos when it does not, or is nested too deep.
std::size_t endOfObject(std::string_view text, std::size_t at)
{
    std::size_t depth = 0;
    bool isInString = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (isInString) {
            if (c == '\\')
                ++at;
            else if (c == '"')
                isInString = false;
        } else if (c == '"') {
            isInString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > deepest)
                return std::string_view::npos;
        } else if (c == '}' || c == ']') {
            if (--depth == 0)
                return at + 1;
        }
    }
    return std::string_view::npos;
}

std::optional<double> numberOf(const Json& object, std::initializer_list<const char*> keys)
{
    for (const char* const key : keys) {
        const auto found = object.find(key);
        if (found != object.end() && found->is_number())
            return found->get<double>();
    }
    return std::nullopt;
}

std::optional<double> measureOf(const Json& object, std::initializer_list<const char*> keys)
{
    const std::optional<double> number = numberOf(object, keys);
    return number ? positive(*number) : std::nullopt;
}

std::uint64_t countOf(const Json& object, const char* key)
{
    const double number = numberOf(object, {key}).value_or(0.0);
    return number > 0.0 && number < 1e15 ? static_cast<std::uint64_t>(number) : 0;
}

DriverRound roundOf(const Json& object)
{
    DriverRound round;
    round.tpotMilliseconds = measureOf(object, {"mean_tpot_ms"});
    round.ttftMilliseconds = measureOf(object, {"mean_ttft_ms"});
    round.itlMilliseconds = measureOf(object, {"mean_itl_ms"});
    round.tokensPerStep = measureOf(object, {"spec_decode_acceptance_length", "accept_length"});
    round.concurrency = concurrencyOf(numberOf(object, {"max_concurrency"}));
    round.requests = countOf(object, "completed");
    round.failures = countOf(object, "failed");
    if (round.requests > 0) {
        const auto perRequest = [&](const char* key) -> std::optional<double> {
            const std::optional<double> total = measureOf(object, {key});
            return total ? positive(*total / static_cast<double>(round.requests)) : std::nullopt;
        };
        round.promptTokens = perRequest("total_input_tokens");
        round.outputTokens = perRequest("total_output_tokens");
    }
    if (const auto errors = object.find("errors"); errors != object.end() && errors->is_array()) {
        std::uint64_t told = 0;
        for (const Json& error : *errors) {
            if (!error.is_string() || error.get_ref<const std::string&>().empty())
                continue;
            if (told++ == 0)
                round.firstFailure = error.get<std::string>();
        }
        round.failures = std::max(round.failures, told);
    }
    return round;
}

Result<DriverRecord> readObjects(std::string_view text, std::string name)
{
    DriverRecord record;
    record.kind = DriverKind::BenchServe;
    record.name = std::move(name);
    for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at)) {
        const std::size_t end = endOfObject(text, at);
        if (end == std::string_view::npos)
            return notADriver("its JSON breaks off, or is no flat object, at byte " + std::to_string(at));
        WholeText source(text.substr(at, end - at));
        JsonCleaner cleaner(source);
        const Json object =
            Json::parse(JsonCleaner::Iterator(cleaner), JsonCleaner::Iterator(), nullptr, false);
        if (!object.is_object())
            return notADriver("its JSON is damaged between the bytes " + std::to_string(at) + " and " +
                              std::to_string(end));
        at = end;
        const DriverRound round = roundOf(object);
        if (!round.tpotMilliseconds && !round.itlMilliseconds && round.failures == 0)
            continue;
        record.rounds.push_back(round);
        if (const auto model = object.find("model_id"); model != object.end() && model->is_string())
            record.model = model->get<std::string>();
    }
    if (record.rounds.empty())
        return notADriver("it holds neither mean_tpot_ms nor mean_itl_ms");
    return record;
}

} // namespace

Result<DriverRecord> parseDriverRecord(std::string_view text, std::string name)
{
    if (text.find(lineMark) != std::string_view::npos)
        return readLines(text, std::move(name));
    if (text.find('{') != std::string_view::npos)
        return readObjects(text, std::move(name));
    return notADriver("it is neither the clean driver's lines nor JSON");
}

Result<DriverRecord> readDriverRecord(const std::string& path)
{
    const Result<std::string> text = readWholeFile(path, mostBytes, notADriver("it is larger than 64 MiB"));
    if (!text)
        return text.error();
    return parseDriverRecord(*text, std::filesystem::path(path).filename().string());
}

} // namespace stepscope
