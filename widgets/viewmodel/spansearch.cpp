#include "widgets/viewmodel/spansearch.h"

#include "core/lod/laneindex.h"
#include "widgets/viewmodel/spandetails.h"

#include <QStringList>

#include <algorithm>
#include <numeric>

namespace stepscope {

namespace {

constexpr std::size_t rowsBetweenPolls = 1 << 16;

/// By NameId: 1 where the name holds all words.
std::vector<char> matchingNames(const StringPool& names, const QStringList& words, const Progress& progress)
{
    std::vector<char> matches(names.size(), 0);
    for (std::size_t name = 0; name < names.size() && !progress.isCancelled(); ++name) {
        const std::string_view text = names.text(NameId(name));
        const QString whole = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
        matches[name] = std::all_of(words.begin(), words.end(), [&whole](const QString& word) {
            return whole.contains(word, Qt::CaseInsensitive);
        });
    }
    return matches;
}

std::vector<char> launchingThreads(const Trace& trace)
{
    std::vector<char> launches(trace.threads().size(), 0);
    for (std::size_t call = 0; call < trace.calls().size(); ++call) {
        if (isLaunch(trace.calls().kind(call)))
            launches[trace.calls().thread(call).value()] = 1;
    }
    return launches;
}

} // namespace

std::optional<SpanSearch> SpanSearch::of(std::shared_ptr<const TraceIndex> index, const QString& text,
                                         const Progress& progress)
{
    SpanSearch search;
    search.m_index = std::move(index);
    const Trace& trace = search.m_index->trace();
    const QStringList words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.isEmpty())
        return search;
    const std::vector<char> matches = matchingNames(trace.names(), words, progress);
    std::vector<char> isMet(matches.size(), 0);
    const auto find = [&](SpanRef::Kind kind, DeviceId device, std::size_t size, auto nameOf, auto isShown) {
        Found found{kind, device, {}};
        for (std::size_t row = 0; row < size; ++row) {
            if (row % rowsBetweenPolls == 0 && progress.isCancelled())
                return;
            const NameId name = nameOf(row);
            if (!name.isValid() || matches[name.value()] == 0 || !isShown(row))
                continue;
            isMet[name.value()] = 1;
            found.rows.push_back(static_cast<std::uint32_t>(row));
        }
        search.m_found.push_back(std::move(found));
    };
    const auto all = [](std::size_t) { return true; };
    for (std::size_t device = 0; device < trace.devices().size(); ++device) {
        const ActivityTable& work = trace.device(DeviceId(device)).activities;
        find(
            SpanRef::Kind::Operation, DeviceId(device), work.size(),
            [&work](std::size_t row) { return work.name(row); }, all);
    }
    const ApiCallTable& calls = trace.calls();
    const std::vector<char> launches = launchingThreads(trace);
    find(
        SpanRef::Kind::Call, {}, calls.size(), [&calls](std::size_t row) { return calls.name(row); },
        [&](std::size_t row) { return launches[calls.thread(row).value()] != 0; });
    const RangeTable& ranges = trace.ranges();
    find(
        SpanRef::Kind::Range, {}, ranges.size(), [&ranges](std::size_t row) { return ranges[row].name; },
        [&ranges](std::size_t row) { return ranges[row].kind != RangeKind::Recording; });
    if (progress.isCancelled())
        return std::nullopt;
    search.m_names = static_cast<std::size_t>(std::count(isMet.begin(), isMet.end(), 1));
    return search;
}

std::size_t SpanSearch::spans() const
{
    return std::accumulate(m_found.begin(), m_found.end(), std::size_t{0},
                           [](std::size_t sum, const Found& found) { return sum + found.rows.size(); });
}

TimePoint SpanSearch::beginOf(const Found& found, std::uint32_t row) const
{
    return spanRange(*m_index, {found.kind, found.device, row}).begin;
}

std::optional<SpanSearch::Place> SpanSearch::placeOf(const SpanRef& span) const
{
    if (span.isNone() || m_found.empty())
        return std::nullopt;
    const auto table = std::find_if(m_found.begin(), m_found.end(),
                                    [&span](const Found& found) {
                                        return found.kind == span.kind && found.device == span.device;
                                    }) -
                       m_found.begin(); // beyond all: a replay or a step, which is searched in no table
    return Place{spanRange(*m_index, span).begin, static_cast<std::size_t>(table), span.row};
}

SpanRef SpanSearch::refAt(std::size_t table, std::size_t position) const
{
    const Found& found = m_found[table];
    return {found.kind, found.device, found.rows[position]};
}

std::size_t SpanSearch::before(std::size_t table, const Place& place) const
{
    const Found& found = m_found[table];
    const auto end = std::partition_point(found.rows.begin(), found.rows.end(), [&](std::uint32_t row) {
        return Place{beginOf(found, row), table, row} < place;
    });
    return static_cast<std::size_t>(end - found.rows.begin());
}

SpanRef SpanSearch::earliestFrom(const Place& place) const
{
    SpanRef earliest;
    Place least;
    for (std::size_t table = 0; table < m_found.size(); ++table) {
        const std::size_t position = before(table, place);
        if (position == m_found[table].rows.size())
            continue;
        const std::uint32_t row = m_found[table].rows[position];
        const Place own{beginOf(m_found[table], row), table, row};
        if (earliest.isNone() || own < least) {
            earliest = refAt(table, position);
            least = own;
        }
    }
    return earliest;
}

SpanRef SpanSearch::nextOf(const SpanRef& span, Neighbour direction) const
{
    std::optional<Place> place = placeOf(span);
    if (!place)
        return {};
    if (direction == Neighbour::Next) {
        ++place->row;
        return earliestFrom(*place);
    }
    SpanRef latest;
    Place most;
    for (std::size_t table = 0; table < m_found.size(); ++table) {
        const std::size_t position = before(table, *place);
        if (position == 0)
            continue;
        const std::uint32_t row = m_found[table].rows[position - 1];
        const Place own{beginOf(m_found[table], row), table, row};
        if (latest.isNone() || most < own) {
            latest = refAt(table, position - 1);
            most = own;
        }
    }
    return latest;
}

SpanRef SpanSearch::firstFrom(TimePoint time) const
{
    return earliestFrom({time, 0, 0});
}

SpanRef SpanSearch::outermost(Neighbour direction) const
{
    if (direction == Neighbour::Next)
        return earliestFrom({TimePoint::min(), 0, 0});
    SpanRef latest;
    for (std::size_t table = 0; table < m_found.size(); ++table) {
        if (m_found[table].rows.empty())
            continue;
        const SpanRef last = refAt(table, m_found[table].rows.size() - 1);
        if (latest.isNone() || *placeOf(latest) < *placeOf(last))
            latest = last;
    }
    return latest;
}

std::optional<std::size_t> SpanSearch::numberOf(const SpanRef& span) const
{
    const std::optional<Place> place = placeOf(span);
    if (!place || place->table == m_found.size())
        return std::nullopt;
    const std::vector<std::uint32_t>& rows = m_found[place->table].rows;
    if (!std::binary_search(rows.begin(), rows.end(), span.row))
        return std::nullopt;
    std::size_t number = 1;
    for (std::size_t table = 0; table < m_found.size(); ++table)
        number += before(table, *place);
    return number;
}

} // namespace stepscope
