#include "tests/golden/tracecomparison.h"

#include <algorithm>
#include <optional>
#include <sstream>
#include <string_view>
#include <utility>

namespace stepscope::test {

namespace {

std::string shown(std::int64_t value)
{
    return std::to_string(value);
}
std::string shown(std::uint64_t value)
{
    return std::to_string(value);
}
std::string shown(std::uint32_t value)
{
    return std::to_string(value);
}
std::string shown(int value)
{
    return std::to_string(value);
}
std::string shown(bool value)
{
    return value ? "yes" : "no";
}
std::string shown(std::string_view value)
{
    return '"' + std::string(value) + '"';
}
std::string shown(const std::string& value)
{
    return shown(std::string_view(value));
}
std::string shown(TimePoint value)
{
    return std::to_string(nanosecondsOf(value));
}
std::string shown(Duration value)
{
    return std::to_string(value.count());
}
std::string shown(TimeRange value)
{
    return shown(value.begin) + " to " + shown(value.end);
}
template <class Tag> std::string shown(StrongId<Tag> value)
{
    return std::to_string(value.value());
}
template <class Enum>
requires std::is_enum_v<Enum> std::string shown(Enum value)
{
    return std::to_string(static_cast<int>(value));
}
std::string shown(const ImportPlace& place)
{
    return shown(place.device) + " at " + shown(place.time);
}
template <class Value> std::string shown(const std::optional<Value>& value)
{
    return value ? shown(*value) : "none";
}
template <class First, class Second> std::string shown(const std::pair<First, Second>& value)
{
    return shown(value.first) + ": " + shown(value.second);
}
class Comparison {
public:
    template <class Value> void same(const std::string& what, const Value& left, const Value& right)
    {
        if (m_difference.empty() && !(left == right))
            m_difference = what + ": " + shown(left) + ", not " + shown(right);
    }
    /// `compare(name of the row, row)` for each row, where both have as many.
    template <class Compare>
    void rows(const std::string& what, std::size_t left, std::size_t right, Compare compare)
    {
        same(what + ", rows", static_cast<std::uint64_t>(left), static_cast<std::uint64_t>(right));
        for (std::size_t row = 0; row < left && m_difference.empty(); ++row)
            compare(row);
    }
    template <class List> void lists(const std::string& what, const List& left, const List& right)
    {
        rows(what, left.size(), right.size(),
             [&](std::size_t row) { same(what + " " + std::to_string(row), left[row], right[row]); });
    }
    const std::string& difference() const { return m_difference; }

private:
    std::string m_difference;
};

std::string at(const char* what, std::size_t row)
{
    return std::string(what) + " " + std::to_string(row);
}

void compareCapture(Comparison& compare, const CaptureInfo& left, const CaptureInfo& right)
{
    compare.same("format", left.format, right.format);
    compare.same("sha256", left.sha256.text(), right.sha256.text());
    compare.same("bytes of the file", left.fileBytes, right.fileBytes);
    compare.same("bytes of the text", left.textBytes, right.textBytes);
    compare.same("tool", left.tool, right.tool);
    compare.same("schema", left.schemaVersion, right.schemaVersion);
    compare.same("graph mode", left.isGraphMode, right.isGraphMode);
    compare.same("stacks", left.withStack, right.withStack);
    compare.same("rank", left.rank, right.rank);
    compare.same("world size", left.worldSize, right.worldSize);
    compare.same("origin", left.origin, right.origin);
    compare.same("base time", left.baseTime, right.baseTime);
    compare.lists("fact", left.facts, right.facts);
    compare.lists("content", left.contents, right.contents);
    compare.rows("file", left.files.size(), right.files.size(), [&](std::size_t row) {
        compare.same(at("path of file", row), left.files[row].path, right.files[row].path);
        compare.same(at("hash of file", row), left.files[row].sha256.text(), right.files[row].sha256.text());
        compare.same(at("bytes of file", row), left.files[row].fileBytes, right.files[row].fileBytes);
        compare.same(at("rank of file", row), left.files[row].rank, right.files[row].rank);
        compare.same(at("shift of file", row), left.files[row].shift, right.files[row].shift);
        compare.same(at("extent of file", row), left.files[row].gpuExtent, right.files[row].gpuExtent);
    });
    compare.rows("damaged place", left.damage.size(), right.damage.size(), [&](std::size_t row) {
        const DamagedPlace& a = left.damage[row];
        const DamagedPlace& b = right.damage[row];
        compare.same(at("file of damage", row), static_cast<std::uint64_t>(a.file),
                     static_cast<std::uint64_t>(b.file));
        compare.same(at("table of damage", row), a.table, b.table);
        compare.same(at("GPU work of damage", row), a.holdsGpuWork, b.holdsGpuWork);
        compare.same(at("offset of damage", row), a.offset, b.offset);
        compare.same(at("bytes of damage", row), a.lostBytes, b.lostBytes);
        compare.same(at("rows of damage", row), a.lostRows, b.lostRows);
        compare.same(at("time before damage", row), a.after, b.after);
        compare.same(at("end of damage", row), a.reachesEnd, b.reachesEnd);
    });
}

void compareLog(Comparison& compare, const ImportLog& left, const ImportLog& right)
{
    compare.rows("log entry", left.entries().size(), right.entries().size(), [&](std::size_t row) {
        const ImportEntry& a = left.entries()[row];
        const ImportEntry& b = right.entries()[row];
        compare.same(at("code of log entry", row), a.code, b.code);
        compare.same(at("count of log entry", row), a.count, b.count);
        compare.lists(at("example of log entry", row), a.examples, b.examples);
        compare.lists(at("place of log entry", row), a.places, b.places);
    });
}

void compareActivities(Comparison& compare, const ActivityTable& left, const ActivityTable& right)
{
    compare.rows("GPU work", left.size(), right.size(), [&](std::size_t row) {
        const Activity a = left.row(row);
        const Activity b = right.row(row);
        compare.same(at("time of GPU work", row), a.range(), b.range());
        compare.same(at("name of GPU work", row), a.name, b.name);
        compare.same(at("process of GPU work", row), a.process, b.process);
        compare.same(at("launch of GPU work", row), a.launch, b.launch);
        compare.same(at("correlation of GPU work", row), a.correlation, b.correlation);
        compare.same(at("stream of GPU work", row), a.stream, b.stream);
        compare.same(at("bytes of GPU work", row), a.bytes, b.bytes);
        compare.same(at("graph of GPU work", row), a.graph, b.graph);
        compare.same(at("node of GPU work", row), a.graphNode, b.graphNode);
        compare.same(at("kind of GPU work", row), a.kind, b.kind);
        compare.same(at("copy of GPU work", row), a.copy, b.copy);
    });
}

void compareLanes(Comparison& compare, const Trace& left, const Trace& right)
{
    compare.rows("process", left.processes().size(), right.processes().size(), [&](std::size_t row) {
        compare.same(at("pid of process", row), left.processes()[row].pid, right.processes()[row].pid);
        compare.same(at("name of process", row), left.processes()[row].name, right.processes()[row].name);
        compare.same(at("file of process", row), left.processes()[row].file, right.processes()[row].file);
    });
    compare.rows("thread", left.threads().size(), right.threads().size(), [&](std::size_t row) {
        compare.same(at("process of thread", row), left.threads()[row].process, right.threads()[row].process);
        compare.same(at("tid of thread", row), left.threads()[row].tid, right.threads()[row].tid);
        compare.same(at("name of thread", row), left.threads()[row].name, right.threads()[row].name);
    });
    compare.rows("device", left.devices().size(), right.devices().size(), [&](std::size_t row) {
        const Device& a = left.devices()[row];
        const Device& b = right.devices()[row];
        compare.same(at("process of device", row), a.process, b.process);
        compare.same(at("key of device", row), a.key, b.key);
        compare.same(at("hardware of device", row), a.hardware, b.hardware);
        compare.same(at("uuid of device", row), a.uuid, b.uuid);
        compare.same(at("negative rows of device", row), a.negativeRows, b.negativeRows);
        compareActivities(compare, a.activities, b.activities);
    });
}

void compareHost(Comparison& compare, const Trace& left, const Trace& right)
{
    compare.rows("call", left.calls().size(), right.calls().size(), [&](std::size_t row) {
        const ApiCallTable& a = left.calls();
        const ApiCallTable& b = right.calls();
        compare.same(at("time of call", row), a.range(row), b.range(row));
        compare.same(at("name of call", row), a.name(row), b.name(row));
        compare.same(at("thread of call", row), a.thread(row), b.thread(row));
        compare.same(at("correlation of call", row), a.correlation(row), b.correlation(row));
        compare.same(at("kind of call", row), a.kind(row), b.kind(row));
    });
    compare.rows("range", left.ranges().size(), right.ranges().size(), [&](std::size_t row) {
        const HostRange& a = left.ranges()[row];
        const HostRange& b = right.ranges()[row];
        compare.same(at("time of range", row), a.range(), b.range());
        compare.same(at("name of range", row), a.name, b.name);
        compare.same(at("thread of range", row), a.thread, b.thread);
        compare.same(at("kind of range", row), a.kind, b.kind);
        compare.same(at("file of range", row), a.file, b.file);
    });
    compare.rows("CPU event", left.cpuEvents().size(), right.cpuEvents().size(), [&](std::size_t row) {
        const CpuEventTable& a = left.cpuEvents();
        const CpuEventTable& b = right.cpuEvents();
        compare.same(at("time of CPU event", row), a.range(row), b.range(row));
        compare.same(at("name of CPU event", row), a.name(row), b.name(row));
        compare.same(at("thread of CPU event", row), a.thread(row), b.thread(row));
        compare.same(at("kind of CPU event", row), a.kind(row), b.kind(row));
        compare.same(at("parent of CPU event", row), a.parent(row), b.parent(row));
    });
}

} // namespace

std::string firstDifference(const Trace& left, const Trace& right)
{
    Comparison compare;
    compareCapture(compare, left.capture(), right.capture());
    compare.rows("name", left.names().size(), right.names().size(), [&](std::size_t row) {
        compare.same(at("name", row), left.name(NameId(row)), right.name(NameId(row)));
    });
    compareLanes(compare, left, right);
    compareHost(compare, left, right);
    compareLog(compare, left.log(), right.log());
    compare.same("extent", left.extent(), right.extent());
    compare.same("extent of GPU work", left.gpuExtent(), right.gpuExtent());
    return compare.difference();
}

} // namespace stepscope::test
