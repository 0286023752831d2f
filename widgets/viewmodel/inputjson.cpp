#include "widgets/viewmodel/inputjson.h"

#include "core/gates/measurementcontext.h"
#include "core/import/servercommandreader.h"

#include <QJsonArray>
#include <QString>

#include <array>
#include <cmath>
#include <map>
#include <string>
#include <utility>

namespace stepscope::tracestatejson {

namespace {

using RoundNumber = std::optional<double> DriverRound::*;

constexpr std::array<std::pair<const char*, RoundNumber>, 7> roundNumbers = {{
    {"tpot_ms", &DriverRound::tpotMilliseconds},
    {"tpot_with_prefill_ms", &DriverRound::tpotWithPrefillMilliseconds},
    {"ttft_ms", &DriverRound::ttftMilliseconds},
    {"itl_ms", &DriverRound::itlMilliseconds},
    {"tokens_per_step", &DriverRound::tokensPerStep},
    {"prompt_tokens", &DriverRound::promptTokens},
    {"output_tokens", &DriverRound::outputTokens},
}};

using TypedNumber = std::optional<double> RoundNumbers::*;

constexpr std::array<std::pair<const char*, TypedNumber>, 3> typedNumbers = {{
    {"tpot_ms", &RoundNumbers::tpotMilliseconds},
    {"tokens_per_step", &RoundNumbers::tokensPerStep},
    {"ttft_ms", &RoundNumbers::ttftMilliseconds},
}};

QString text(const std::string& string)
{
    return QString::fromStdString(string);
}

/// Whether the member is absent, or was read.
bool takeNumber(std::optional<double>& number, const QJsonObject& object, const char* key)
{
    const QJsonValue value = object.value(QLatin1String(key));
    if (value.isUndefined())
        return true;
    if (!value.isDouble() || !std::isfinite(value.toDouble()) || value.toDouble() <= 0.0)
        return false;
    number = value.toDouble();
    return true;
}

QJsonObject objectOf(const DriverRound& round)
{
    QJsonObject object{{QLatin1String("requests"), static_cast<qint64>(round.requests)},
                       {QLatin1String("failures"), static_cast<qint64>(round.failures)}};
    for (const auto& [key, member] : roundNumbers) {
        if (round.*member)
            object.insert(QLatin1String(key), *(round.*member));
    }
    if (round.concurrency)
        object.insert(QLatin1String("concurrency"), static_cast<qint64>(*round.concurrency));
    if (!round.firstFailure.empty())
        object.insert(QLatin1String("first_failure"), text(round.firstFailure));
    return object;
}

std::optional<DriverRound> roundIn(const QJsonObject& object)
{
    DriverRound round;
    for (const auto& [key, member] : roundNumbers) {
        if (!takeNumber(round.*member, object, key))
            return std::nullopt;
    }
    const auto count = [&object](const char* key) { return object.value(QLatin1String(key)).toInteger(-1); };
    if (count("requests") < 0 || count("failures") < 0)
        return std::nullopt;
    round.requests = static_cast<std::uint64_t>(count("requests"));
    round.failures = static_cast<std::uint64_t>(count("failures"));
    if (object.contains(QLatin1String("concurrency")))
        round.concurrency = count("concurrency");
    round.firstFailure = object.value(QLatin1String("first_failure")).toString().toStdString();
    return round;
}

QJsonObject objectOf(const DriverRecord& record)
{
    QJsonArray rounds;
    for (const DriverRound& round : record.rounds)
        rounds.append(objectOf(round));
    const bool isClean = record.kind == DriverKind::CleanDriver;
    return {{QLatin1String("kind"), isClean ? QLatin1String("clean-driver") : QLatin1String("bench-serve")},
            {QLatin1String("name"), text(record.name)},
            {QLatin1String("model"), text(record.model)},
            {QLatin1String("rounds"), rounds}};
}

std::shared_ptr<const DriverRecord> recordIn(const QJsonObject& object)
{
    auto record = std::make_shared<DriverRecord>();
    const QString kind = object.value(QLatin1String("kind")).toString();
    if (kind != QLatin1String("clean-driver") && kind != QLatin1String("bench-serve"))
        return nullptr;
    record->kind = kind == QLatin1String("clean-driver") ? DriverKind::CleanDriver : DriverKind::BenchServe;
    record->name = object.value(QLatin1String("name")).toString().toStdString();
    record->model = object.value(QLatin1String("model")).toString().toStdString();
    for (const QJsonValue& entry : object.value(QLatin1String("rounds")).toArray()) {
        std::optional<DriverRound> round = roundIn(entry.toObject());
        if (!round)
            return nullptr;
        record->rounds.push_back(std::move(*round));
    }
    return record->rounds.empty() ? nullptr : record;
}

QJsonObject objectOf(const RoundNumbers& round)
{
    QJsonObject object;
    for (const auto& [key, member] : typedNumbers) {
        if (round.*member)
            object.insert(QLatin1String(key), *(round.*member));
    }
    if (round.record)
        object.insert(QLatin1String("record"), objectOf(*round.record));
    return object;
}

bool takeRound(RoundNumbers& round, const QJsonValue& value)
{
    const QJsonObject object = value.toObject();
    for (const auto& [key, member] : typedNumbers) {
        if (!takeNumber(round.*member, object, key))
            return false;
    }
    if (!object.contains(QLatin1String("record")))
        return true;
    round.record = recordIn(object.value(QLatin1String("record")).toObject());
    return round.record != nullptr;
}

bool takeOverrides(AssessmentInput& input, const QJsonObject& object)
{
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        bool isNumber = false;
        const int gate = entry.key().toInt(&isNumber);
        const std::string reason = entry.value().toString().toStdString();
        if (!isNumber || gate < 0 || gate > static_cast<int>(GateId::ContextComplete) || reason.empty())
            return false;
        input.overrides.emplace(static_cast<GateId>(gate), reason);
    }
    return true;
}

bool takeThresholds(AssessmentInput& input, const QJsonObject& object)
{
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        double* const threshold = thresholdOf(input.thresholds, entry.key().toStdString());
        if (threshold == nullptr)
            continue; // of a later version
        if (!entry.value().isDouble() || !std::isfinite(entry.value().toDouble()))
            return false;
        *threshold = entry.value().toDouble();
    }
    return true;
}

} // namespace

QJsonObject objectOf(const AssessmentInput& input)
{
    QJsonObject object;
    const auto put = [&object](const char* key, const QJsonObject& part) {
        if (!part.isEmpty())
            object.insert(QLatin1String(key), part);
    };
    put("clean_round", objectOf(input.driver.clean));
    put("profiled_round", objectOf(input.driver.profiled));
    QJsonObject overrides;
    for (const auto& [gate, reason] : input.overrides)
        overrides.insert(QString::number(static_cast<int>(gate)), text(reason));
    put("overrides", overrides);
    QJsonObject context;
    for (const ContextValue& field : input.context)
        context.insert(text(field.key), text(field.value));
    put("context", context);
    QJsonObject thresholds;
    const auto defaults = thresholdValues(VerdictThresholds());
    const auto values = thresholdValues(input.thresholds);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i].second != defaults[i].second)
            thresholds.insert(QLatin1String(values[i].first), values[i].second);
    }
    put("thresholds", thresholds);
    if (input.command)
        object.insert(QLatin1String("server_command"), text(input.command->text));
    return object;
}

std::optional<AssessmentInput> inputIn(const QJsonValue& value)
{
    if (!value.isObject())
        return std::nullopt;
    const QJsonObject object = value.toObject();
    const auto part = [&object](const char* key) { return object.value(QLatin1String(key)).toObject(); };
    AssessmentInput input;
    if (!takeRound(input.driver.clean, part("clean_round")) ||
        !takeRound(input.driver.profiled, part("profiled_round")) ||
        !takeOverrides(input, part("overrides")) || !takeThresholds(input, part("thresholds")))
        return std::nullopt;
    const QJsonObject context = part("context");
    std::map<std::string, std::string> fields; // keys that are no text differ in the object alone
    for (auto entry = context.begin(); entry != context.end(); ++entry)
        fields.emplace(entry.key().toStdString(), entry.value().toString().toStdString());
    for (const auto& [key, text] : fields)
        input.context.push_back({key, text});
    if (const QString command = object.value(QLatin1String("server_command")).toString();
        !command.isEmpty()) {
        // Kept as it was pasted; what it says is read anew.
        if (Result<ServerCommand> parsed = parseServerCommand(command.toStdString()))
            input.command = std::move(*parsed);
    }
    return input;
}

} // namespace stepscope::tracestatejson
