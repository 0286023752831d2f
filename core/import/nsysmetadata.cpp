#include "core/import/nsysmetadata.h"

#include "core/base/utf8.h"
#include "core/import/toolmessage.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace stepscope {

namespace {

/// The generations of formats.md §1.1: majors 2 and 3 up to this minor were looked at.
constexpr int newestKnownMinor = 28;
constexpr std::size_t longestNsysFact = 200;

bool isKnownSchema(const std::string& version)
{
    int major = 0;
    int minor = 0;
    const char* end = version.data() + version.size();
    const auto first = std::from_chars(version.data(), end, major);
    if (first.ec != std::errc() || first.ptr == end || *first.ptr != '.')
        return false;
    if (std::from_chars(first.ptr + 1, end, minor).ec != std::errc())
        return false;
    return major == 2 || (major == 3 && minor <= newestKnownMinor);
}

bool isGraphLevel(std::string_view value)
{
    constexpr std::string_view word = "graph";
    return std::equal(value.begin(), value.end(), word.begin(), word.end(),
                      [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; });
}

bool isSetting(std::string_view name, std::string_view ending)
{
    return name == ending || (name.ends_with(ending) && name.size() > ending.size() &&
                              name[name.size() - ending.size() - 1] == ':');
}

} // namespace

void NsysMetadata::addFact(const std::string& name, std::string_view value)
{
    if (!value.empty())
        m_source.builder().capture().facts.emplace_back(name, cutUtf8(value, longestNsysFact));
}

void NsysMetadata::readSettings()
{
    readExport();
    readCapture();
    readTarget();
}

void NsysMetadata::readExport()
{
    CaptureInfo& capture = m_source.builder().capture();
    ImportLog& log = m_source.builder().log();
    std::string product = "Nsight Systems";
    std::string version;
    std::string tool;
    for (const char* name : {"META_DATA_EXPORT", "EXPORT_META_DATA"}) { // the second up to schema 3.1
        NsysTable table = m_source.table(name, {{"name"}, {"value"}});
        while (table.next()) {
            const std::string key(table.text(0));
            const std::string value = validUtf8(table.text(1)).text;
            if (table.isBadRow())
                continue;
            if (key == "EXPORT_SCHEMA_VERSION")
                capture.schemaVersion = value;
            else if (key == "EXPORT_PRODUCT_VERSION")
                version = value;
            else if (key == "EXPORT_TOOL") // of a writer that is not nsys
                tool = value;
            else if ((key == "EXPORT_PARAM_TIMES_TO_EXPORT" || key == "EXPORT_PARAM_TABLES_TO_EXPORT") &&
                     !value.empty())
                log.add(ImportCode::PartialExport, key + " = " + value);
            else if ((key == "EXPORT_PARAM_TIME_NORMALIZE" || key == "EXPORT_PARAM_TIME_SHIFT") &&
                     !value.empty() && value != "false" && value != "0")
                log.add(ImportCode::ShiftedExport, key + " = " + value);
        }
    }
    capture.tool = !tool.empty() ? tool : version.empty() ? product : product + " " + version;
    if (!capture.schemaVersion.empty() && !isKnownSchema(capture.schemaVersion))
        log.add(ImportCode::UnknownSchema, capture.schemaVersion);
}

void NsysMetadata::readCapture()
{
    CaptureInfo& capture = m_source.builder().capture();
    ImportLog& log = m_source.builder().log();
    // By name, as the same table holds the environment and the command line of the process.
    constexpr std::array<std::string_view, 8> endings = {"CUDA_GRAPH_TRACE_OPTIONS:MODE",
                                                         "CUDA_GRAPH_TRACE",
                                                         "START_TRIGGER",
                                                         "STOP_TRIGGER",
                                                         "RUN_DURATION_MS",
                                                         "DROPPED_RECORDS",
                                                         "COLLECTOR_ERRORS",
                                                         "CAPTURE_RANGE"};
    std::string condition;
    for (const std::string_view ending : endings) {
        condition += condition.empty() ? "" : " OR ";
        condition += "\"name\" LIKE '%" + std::string(ending) + "'";
    }
    NsysTable table =
        m_source.table("META_DATA_CAPTURE", {{"name", NsysTable::Need::Needed}, {"value"}}, condition);
    while (table.next()) {
        const std::string key(table.text(0));
        const std::string value = validUtf8(table.text(1)).text;
        if (table.isBadRow())
            continue;
        const auto ending = std::find_if(endings.begin(), endings.end(),
                                         [&key](std::string_view known) { return isSetting(key, known); });
        if (ending == endings.end())
            continue;
        if (ending->starts_with("CUDA_GRAPH_TRACE"))
            capture.isGraphMode = isGraphLevel(value);
        if (*ending == "DROPPED_RECORDS" && value != "0")
            log.add(ImportCode::CaptureDiagnostic, key + " = " + value);
        if (*ending == "COLLECTOR_ERRORS" && !value.empty())
            log.add(ImportCode::CaptureError, value);
        addFact(std::string(*ending), value);
    }
}

void NsysMetadata::readTarget()
{
    CaptureInfo& capture = m_source.builder().capture();
    NsysTable start = m_source.table("TARGET_INFO_SESSION_START_TIME", {{"utcEpochNs"}});
    if (start.next() && !start.isNull(0)) {
        const std::int64_t utc = start.integer(0);
        if (!start.isBadRow())
            capture.baseTime = utc;
    }
    NsysTable analysis = m_source.table("ANALYSIS_DETAILS", {{"duration"}});
    if (analysis.next()) {
        HostRange recording; // from 0, so that its length is where it ends
        recording.end = analysis.time(0);
        if (!analysis.isBadRow() && recording.end > recording.begin) {
            addFact("collection ns", std::to_string(nanosecondsOf(recording.end)));
            recording.name = m_source.builder().intern("Nsight Systems collection");
            recording.kind = RangeKind::Recording;
            m_source.builder().addRange(recording);
        }
    }
    // Never DeviceEnvironment, which is in the same table.
    NsysTable system =
        m_source.table("TARGET_INFO_SYSTEM_ENV", {{"name", NsysTable::Need::Needed}, {"value"}},
                       "\"name\" IN ('CudaDriverVersion', 'NvDriverVersion', 'Hostname', "
                       "'OsDescription', 'KernelVersion')");
    while (system.next()) {
        const std::string key(system.text(0));
        const std::string value = validUtf8(system.text(1)).text;
        if (!system.isBadRow())
            addFact(key, value);
    }
    NsysTable gpus = m_source.table("TARGET_INFO_GPU", {{"id"}, {"name"}});
    while (gpus.next()) {
        const std::int64_t id = gpus.integer(0, -1);
        const std::string name = validUtf8(gpus.text(1)).text;
        if (!gpus.isBadRow())
            addFact("GPU " + std::to_string(id), name);
    }
}

void NsysMetadata::readDiagnostics(const std::function<bool(std::int64_t)>& isGpuProcess, bool hasGpuWork)
{
    NsysTable table = m_source.table("DIAGNOSTIC_EVENT", {{"text"}, {"globalPid"}});
    while (table.next()) {
        const std::string text = validUtf8(table.text(0)).text;
        const std::int64_t pid = NsysSource::pidOf(table.integer(1));
        if (table.isBadRow())
            continue;
        const std::optional<ImportCode> code = codeOfToolMessage(text);
        if (!code || (hasGpuWork && saysNothingWasRecorded(text) && !isGpuProcess(pid)))
            continue;
        m_source.builder().log().add(*code, cutUtf8(text, longestNsysFact));
    }
}

} // namespace stepscope
