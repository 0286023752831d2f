#include "tests/truth/h100rounds/h100captures.h"

#include "core/import/emptytrace.h"
#include "core/import/traceimporter.h"

#include <filesystem>
#include <fstream>

namespace stepscope {

namespace {

const std::string h100Folder = STEPSCOPE_SHARED_DATA "/traces/h100/";

RoundNumbers roundOf(const nlohmann::json& facts, const char* key)
{
    RoundNumbers round;
    const auto found = facts.find(key);
    if (found == facts.end() || !found->contains("tpot_ms"))
        return round;
    round.tpotMilliseconds = (*found)["tpot_ms"].get<double>();
    if (found->contains("tokens_per_step")) // of the clean round otherwise
        round.tokensPerStep = (*found)["tokens_per_step"].get<double>();
    return round;
}

} // namespace

bool H100Captures::exist()
{
    return std::filesystem::exists(h100Folder + "ground_truth.json");
}

void H100Captures::load()
{
    std::ifstream file(h100Folder + "ground_truth.json");
    m_truth = nlohmann::json::parse(file)["files"];
}

std::vector<std::string> H100Captures::names() const
{
    std::vector<std::string> names;
    for (const auto& [name, facts] : m_truth.items())
        names.push_back(name);
    return names;
}

std::string H100Captures::expected(const std::string& name) const
{
    return m_truth[name]["expected"]["verdict"].get<std::string>();
}

DriverNumbers H100Captures::rounds(const std::string& name, bool hasClean, bool hasProfiled) const
{
    DriverNumbers driver;
    if (hasClean)
        driver.clean = roundOf(m_truth[name], "true");
    if (hasProfiled)
        driver.profiled = roundOf(m_truth[name], "under_profiler");
    return driver;
}

std::shared_ptr<const TraceIndex> H100Captures::open(const std::string& name)
{
    if (name == m_opened)
        return m_index;
    m_opened = name;
    m_index = nullptr;
    NoProgress progress;
    Result<Trace> imported = importTrace(h100Folder + name, progress);
    if (!imported)
        return nullptr;
    const auto trace = std::make_shared<const Trace>(std::move(*imported));
    if (!whyNothingToShow(*trace))
        m_index = *TraceIndex::build(trace, KernelClassifier::standard(), progress);
    return m_index;
}

} // namespace stepscope
