#include "core/import/kinetometadata.h"

#include "core/base/utf8.h"
#include "core/import/toolmessage.h"

#include <algorithm>
#include <array>

namespace stepscope {

namespace {

constexpr std::size_t mostDevices = 256;
constexpr std::size_t mostFacts = 100;
constexpr std::size_t mostMessages = 10'000;
constexpr std::size_t longestFact = 200;

/// Shown as they stand. An allow-list: anything a user put in with add_metadata may be a secret.
constexpr std::array<std::string_view, 15> shownFacts = {"cupti_version",
                                                         "cuda_runtime_version",
                                                         "cuda_driver_version",
                                                         "roctracer_version",
                                                         "hip_runtime_version",
                                                         "hip_driver_version",
                                                         "rocprofiler-sdk_version",
                                                         "vllm_version",
                                                         "host_name",
                                                         "trace_id",
                                                         "traceName",
                                                         "record_shapes",
                                                         "with_flops",
                                                         "profile_memory",
                                                         "with_modules"};

std::string textOf(const JsonScalar& scalar)
{
    switch (scalar.kind) {
    case JsonScalar::Kind::Integer:
        return std::to_string(scalar.integer);
    case JsonScalar::Kind::Boolean:
        return scalar.integer != 0 ? "true" : "false";
    case JsonScalar::Kind::Decimal:
    case JsonScalar::Kind::Text:
        return std::string(cutUtf8(scalar.text, longestFact));
    case JsonScalar::Kind::Null:
        break;
    }
    return {};
}

bool isSet(const JsonScalar& scalar)
{
    return (scalar.kind == JsonScalar::Kind::Integer || scalar.kind == JsonScalar::Kind::Boolean) &&
           scalar.integer != 0;
}

} // namespace

void KinetoMetadata::beginElement(std::string_view top)
{
    if ((top == "deviceProperties" || top == "computeProperties") && m_devices.size() < mostDevices)
        m_devices.emplace_back();
}

void KinetoMetadata::forget(std::string_view top)
{
    const bool isDistributed = top == "distributedInfo";
    if (top == "deviceProperties" || top == "computeProperties")
        m_devices.clear();
    if (top == "baseTimeNanoseconds")
        m_baseTime.reset();
    if (isDistributed) {
        m_rank.reset();
        m_worldSize.reset();
    }
    std::erase_if(m_facts, [top, isDistributed](const auto& fact) {
        return fact.first == top ||
               (isDistributed && (fact.first == "backend" || fact.first == "nccl_version"));
    });
}

void KinetoMetadata::value(std::string_view top, int level, std::string_view key, const JsonScalar& scalar)
{
    if (level == 1) {
        if (top == "schemaVersion")
            m_schemaVersion = textOf(scalar);
        else if (top == "baseTimeNanoseconds")
            m_baseTime = scalar.toInteger();
        else if (top == "with_stack")
            m_withStack = isSet(scalar);
        else if (std::find(shownFacts.begin(), shownFacts.end(), top) != shownFacts.end() &&
                 m_facts.size() < mostFacts)
            m_facts.emplace_back(top, textOf(scalar));
        if (top.starts_with("hip_") || top.starts_with("roctracer") || top.starts_with("rocprofiler"))
            m_isRocm = true;
    } else if (level == 2 && top == "distributedInfo") {
        if (key == "rank")
            m_rank = scalar.toInteger();
        else if (key == "world_size")
            m_worldSize = scalar.toInteger();
        else if ((key == "backend" || key == "nccl_version") && m_facts.size() < mostFacts)
            m_facts.emplace_back(key, textOf(scalar));
    } else if (level == 2 && (top == "INFO" || top == "WARNING" || top == "ERROR")) {
        if (scalar.kind == JsonScalar::Kind::Text && m_messages.size() < mostMessages)
            m_messages.emplace_back(cutUtf8(scalar.text, longestFact));
    } else if (level == 3 && (top == "deviceProperties" || top == "computeProperties") &&
               !m_devices.empty()) {
        if (key == "id")
            m_devices.back().id = scalar.toInteger().value_or(-1);
        else if (key == "name")
            m_devices.back().name = textOf(scalar);
        if (key == "name" && scalar.text.starts_with("AMD"))
            m_isRocm = true;
    }
}

std::string KinetoMetadata::deviceName(std::int64_t device) const
{
    const auto known =
        std::find_if(m_devices.begin(), m_devices.end(),
                     [device](const DeviceProperty& property) { return property.id == device; });
    return known == m_devices.end() ? std::string() : known->name;
}

void KinetoMetadata::apply(CaptureInfo& capture, ImportLog& log) const
{
    constexpr std::int64_t mostRanks = 1'000'000;
    const auto asRank = [](std::optional<std::int64_t> number) -> std::optional<int> {
        if (!number || *number < 0 || *number > mostRanks)
            return std::nullopt;
        return static_cast<int>(*number);
    };
    capture.tool = "PyTorch profiler (kineto)";
    capture.schemaVersion = m_schemaVersion;
    capture.withStack = m_withStack;
    capture.baseTime = m_baseTime;
    capture.rank = asRank(m_rank);
    capture.worldSize = asRank(m_worldSize);
    capture.facts.insert(capture.facts.end(), m_facts.begin(), m_facts.end());
    for (const DeviceProperty& device : m_devices) {
        if (!device.name.empty())
            capture.facts.emplace_back("GPU " + std::to_string(device.id), device.name);
    }
    for (const std::string& message : m_messages) {
        if (const std::optional<ImportCode> code = codeOfToolMessage(message))
            log.add(*code, message);
    }
}

} // namespace stepscope
