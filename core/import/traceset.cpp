#include "core/import/traceset.h"

#include "core/base/sha256.h"
#include "core/import/memoryestimate.h"
#include "core/import/previewprogress.h"
#include "core/import/tracefile.h"
#include "core/import/tracefolder.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <map>
#include <numeric>
#include <set>

namespace stepscope {

namespace {

constexpr std::int64_t leastUtc = 100'000'000'000'000'000; // ns, 1973: no machine has been up that long

std::string nameOf(const std::string& path)
{
    return std::filesystem::path(path).filename().string();
}

Error inFile(Error error, const std::string& path)
{
    if (error.path.empty() && error.code != ErrorCode::NotOneTrace)
        error.path = path;
    return error;
}

Error notOne(const std::string& why)
{
    return Error{ErrorCode::NotOneTrace, why};
}

/// One file after another, each by its share of the bytes.
class SetProgress final : public Progress {
public:
    SetProgress(Progress& whole, std::uint64_t bytes) : m_whole(whole), m_bytes(bytes) {}

    void begin(std::uint64_t bytes)
    {
        m_before += m_current;
        m_current = bytes;
    }
    void report(std::uint64_t done, std::uint64_t total) override
    {
        const double share = total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 0.0;
        m_whole.report(m_before + static_cast<std::uint64_t>(share * static_cast<double>(m_current)),
                       m_bytes);
    }
    bool isCancelled() const override { return m_whole.isCancelled(); }

private:
    Progress& m_whole;
    std::uint64_t m_bytes;
    std::uint64_t m_before = 0;
    std::uint64_t m_current = 0;
};

/// Reads the files of a set into one builder and checks that they belong together.
class TraceSetReader {
public:
    TraceSetReader(TraceFormat format, Progress& progress, std::uint64_t bytes, const ImportOptions& options)
        : m_builder(format), m_format(format), m_progress(progress, bytes), m_options(options),
          m_previewing(m_progress, m_builder, std::exchange(m_options.showPreview, {}))
    {
        m_options.hashesLater = false; // the files are compared by their hashes
    }

    /// The oddities of the file stand behind those of the earlier ones, each example with its file.
    Result<Done> read(const std::string& path, const TraceFormatProbe& probe)
    {
        m_builder.capture() = CaptureInfo();
        m_builder.capture().format = m_format;
        expectPreview(path);
        m_builder.beginFile();
        m_progress.begin(probe.fileBytes);
        ImportLog earlier = std::exchange(m_builder.log(), ImportLog());
        const Result<Done> done = readTraceFile(path, probe, m_previewing, m_builder, m_options);
        if (!done)
            return done.error();
        const Result<Done> taken = take(path);
        if (!taken)
            return taken.error();
        m_previewing.maker().setPrefix(static_cast<std::uint32_t>(m_files.size() - 1),
                                       labelOf(m_files.size() - 1) + ", ");
        m_previewing.setDevices(PreviewMaker::allDevices);
        m_previewing.showRest();
        earlier.append(m_builder.log(), nameOf(path));
        m_builder.log() = std::move(earlier);
        if (m_files.back().gpuExtent.isEmpty())
            m_builder.log().add(ImportCode::SkippedFile, nameOf(path));
        return taken;
    }

    Result<Trace> finish(const std::string& shownPath, const Progress& progress)
    {
        m_builder.capture() = together(shownPath);
        return m_builder.build(progress);
    }
    bool isEmpty() const { return m_captures.empty(); }
    std::size_t files() const { return m_files.size(); }

private:
    /// The rows of a file are shown once its clock is known; that of the first is the clock of all.
    void expectPreview(const std::string& path)
    {
        const std::optional<int> rank = rankInName(nameOf(path));
        m_previewing.setDevices(m_files.empty() ? PreviewMaker::allDevices : m_builder.devices().size());
        m_previewing.maker().setPrefix(static_cast<std::uint32_t>(m_files.size()),
                                       (rank ? "rank " + std::to_string(*rank) : nameOf(path)) + ", ");
    }

    Result<Done> take(const std::string& path)
    {
        const CaptureInfo& capture = m_builder.capture();
        CaptureFile file;
        file.path = path;
        file.sha256 = capture.sha256;
        file.fileBytes = capture.fileBytes;
        file.rank = capture.rank ? capture.rank : rankInName(nameOf(path));
        file.gpuExtent = m_builder.gpuExtentOfFile();
        const bool hasWork = !file.gpuExtent.isEmpty();
        const std::optional<std::int64_t> utc = utcOf(capture, file.gpuExtent);
        if (hasWork && m_reference) {
            if (const std::optional<Error> fault = faultOf(file, capture, utc))
                return *fault;
            file.shift = Duration(*utc - *m_utc);
            file.gpuExtent = {file.gpuExtent.begin + file.shift, file.gpuExtent.end + file.shift};
            if (!isBesideOthers(file.gpuExtent))
                return notOne(nameOf(path) + " was recorded at another time than " +
                              nameOf(m_files[*m_reference].path));
        }
        m_builder.placeFile(file.shift);
        if (hasWork && !m_reference) {
            m_reference = m_files.size();
            m_utc = utc;
        }
        m_files.push_back(std::move(file));
        m_captures.push_back(capture);
        return Done{};
    }

    /// UTC of the file's clock at 0.
    static std::optional<std::int64_t> utcOf(const CaptureInfo& capture, const TimeRange& work)
    {
        if (capture.baseTime)
            return capture.baseTime;
        return nanosecondsOf(work.begin) > leastUtc ? std::optional<std::int64_t>(0) : std::nullopt;
    }

    std::optional<Error> faultOf(const CaptureFile& file, const CaptureInfo& capture,
                                 const std::optional<std::int64_t>& utc) const
    {
        const std::string name = nameOf(file.path);
        for (std::size_t i = 0; i < m_files.size(); ++i) {
            const CaptureFile& other = m_files[i];
            if (other.gpuExtent.isEmpty())
                continue;
            if (other.sha256.text() == file.sha256.text())
                return notOne(name + " is a copy of " + nameOf(other.path));
            if (file.rank && file.rank == other.rank)
                return notOne(name + " and " + nameOf(other.path) + " are both of rank " +
                              std::to_string(*file.rank));
            const std::optional<int>& world = m_captures[i].worldSize;
            if (world && capture.worldSize && world != capture.worldSize)
                return notOne(name + " is of a run of " + std::to_string(*capture.worldSize) + " ranks, " +
                              nameOf(other.path) + " of one of " + std::to_string(*world));
        }
        if (!utc || !m_utc)
            return notOne("the clocks of " + name + " and " + nameOf(m_files[*m_reference].path) +
                          " cannot be brought together, because " +
                          (utc ? nameOf(m_files[*m_reference].path) : name) +
                          " does not say when it was recorded");
        std::int64_t apart = 0;
        if (__builtin_sub_overflow(*utc, *m_utc, &apart))
            return notOne("the clock of " + name + " is beyond all bounds");
        return std::nullopt;
    }

    bool isBesideOthers(const TimeRange& extent) const
    {
        return std::any_of(m_files.begin(), m_files.end(), [&extent](const CaptureFile& file) {
            return !file.gpuExtent.isEmpty() && extent.overlaps(file.gpuExtent);
        });
    }

    /// What the files say alike, once; what differs, by rank.
    CaptureInfo together(const std::string& shownPath)
    {
        CaptureInfo all = m_captures[m_reference.value_or(0)];
        all.path = shownPath;
        all.rank.reset();
        all.fileBytes = 0;
        all.textBytes = 0;
        all.facts.clear();
        all.damage.clear();
        for (std::size_t file = 0; file < m_captures.size(); ++file) {
            for (DamagedPlace place : m_captures[file].damage) {
                place.file = file;
                all.damage.push_back(std::move(place));
            }
        }
        std::map<std::string, std::uint64_t> contents;
        std::vector<std::string> kinds; // in order of first appearance
        for (const CaptureInfo& capture : m_captures) {
            all.fileBytes += capture.fileBytes;
            all.textBytes += capture.textBytes;
            all.isGraphMode = all.isGraphMode || capture.isGraphMode;
            all.withStack = all.withStack || capture.withStack;
            all.worldSize = all.worldSize ? all.worldSize : capture.worldSize;
            for (const auto& [kind, count] : capture.contents) {
                if (contents.try_emplace(kind, 0).second)
                    kinds.push_back(kind);
                contents[kind] += count;
            }
        }
        all.contents.clear();
        for (const std::string& kind : kinds)
            all.contents.emplace_back(kind, contents[kind]);
        addFacts(all);
        all.files = m_files;
        all.sha256 = commonHash();
        return all;
    }

    void addFacts(CaptureInfo& all) const
    {
        std::set<std::pair<std::string, std::string>> said;
        for (std::size_t i = 0; i < m_captures.size(); ++i) {
            for (const auto& fact : m_captures[i].facts) {
                const bool isCommon =
                    std::all_of(m_captures.begin(), m_captures.end(), [&fact](const CaptureInfo& capture) {
                        return std::find(capture.facts.begin(), capture.facts.end(), fact) !=
                               capture.facts.end();
                    });
                if (!isCommon)
                    all.facts.emplace_back(fact.first + ", " + labelOf(i), fact.second);
                else if (said.insert(fact).second)
                    all.facts.push_back(fact);
            }
        }
        for (std::size_t i = 0; i < m_files.size(); ++i) {
            if (!m_files[i].gpuExtent.isEmpty() && m_reference && i != *m_reference)
                all.facts.emplace_back(std::string(clockFact) + labelOf(i), clockEvidence(m_files[i]));
        }
    }

    std::string labelOf(std::size_t file) const
    {
        return m_files[file].rank ? "rank " + std::to_string(*m_files[file].rank)
                                  : nameOf(m_files[file].path);
    }

    /// "brought together by UTC; first GPU work 1.234 ms after rank 0's, 98 % of it recorded together"
    std::string clockEvidence(const CaptureFile& file) const
    {
        const CaptureFile& first = m_files[*m_reference];
        const Duration late = file.gpuExtent.begin - first.gpuExtent.begin;
        const Duration common = file.gpuExtent.intersected(first.gpuExtent).duration();
        const Duration longest = std::max(file.gpuExtent.duration(), first.gpuExtent.duration());
        char text[160];
        std::snprintf(text, sizeof text, "by UTC; first GPU work %.3f ms %s %s's, %.1f %% recorded together",
                      std::abs(static_cast<double>(late.count())) / 1e6,
                      late < Duration::zero() ? "before" : "after", labelOf(*m_reference).c_str(),
                      100.0 * static_cast<double>(common.count()) / static_cast<double>(longest.count()));
        return text;
    }

    std::string commonHash() const
    {
        std::vector<std::string> hashes;
        for (const CaptureFile& file : m_files)
            hashes.push_back(file.sha256.text());
        std::sort(hashes.begin(), hashes.end());
        Sha256 hash;
        for (const std::string& one : hashes) {
            hash.update(one.data(), one.size());
            hash.update("\n", 1);
        }
        return hash.hexDigest();
    }

    TraceBuilder m_builder;
    TraceFormat m_format;
    SetProgress m_progress;
    ImportOptions m_options;
    PreviewProgress m_previewing;
    std::vector<CaptureFile> m_files;
    std::vector<CaptureInfo> m_captures;    // what each file says
    std::optional<std::size_t> m_reference; // the first file with GPU work
    std::optional<std::int64_t> m_utc;      // its UTC at 0
};

const char* formatName(TraceFormat format)
{
    return format == TraceFormat::NsysSqlite ? "an export of Nsight Systems"
                                             : "a trace of the PyTorch profiler";
}

} // namespace

Result<Trace> importTraceSet(const std::vector<std::string>& paths, const std::string& shownPath,
                             Progress& progress, const ImportOptions& options)
{
    std::vector<ProbedFile> files;
    std::uint64_t bytes = 0;
    for (const std::string& path : paths) {
        const Result<TraceFormatProbe> probe = probeTrace(path);
        if (!probe)
            return inFile(probe.error(), path);
        if (!files.empty() && probe->format != files.front().probe.format)
            return notOne(nameOf(paths.front()) + " is " + formatName(files.front().probe.format) + ", " +
                          nameOf(path) + " is " + formatName(probe->format));
        files.push_back({path, *probe});
        bytes += probe->fileBytes;
    }
    if (const std::optional<Error> over = memoryQuestion(files, options))
        return *over;
    TraceSetReader reader(files.front().probe.format, progress, bytes, options);
    for (const ProbedFile& file : files) {
        const Result<Done> done = reader.read(file.path, file.probe);
        if (!done)
            return inFile(done.error(), file.path);
    }
    return reader.finish(shownPath, progress);
}

} // namespace stepscope
