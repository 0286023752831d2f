#include "core/trace/importlog.h"

#include "core/base/utf8.h"

#include <algorithm>

namespace stepscope {

ImportSeverity severityOf(ImportCode code)
{
    switch (code) {
    case ImportCode::NegativeDuration:
    case ImportCode::AbsurdDuration:
    case ImportCode::ZeroTimestamp:
    case ImportCode::NoTimeCollected:
    case ImportCode::BadCell:
    case ImportCode::BadEvent:
    case ImportCode::DamagedPart:
        return ImportSeverity::DataLoss;
    case ImportCode::TruncatedGzip:
    case ImportCode::TruncatedJson:
    case ImportCode::DamagedJson:
    case ImportCode::DamagedGzip:
    case ImportCode::TruncatedDatabase:
    case ImportCode::DamagedDatabase:
    case ImportCode::CaptureDiagnostic:
    case ImportCode::CaptureError:
    case ImportCode::PendingWal:
        return ImportSeverity::Error;
    default:
        return ImportSeverity::Info;
    }
}

ImportEntry& ImportLog::entryOf(ImportCode code)
{
    const auto entry = std::find_if(m_entries.begin(), m_entries.end(),
                                    [code](const ImportEntry& known) { return known.code == code; });
    if (entry != m_entries.end())
        return *entry;
    m_entries.push_back({code, 0, {}});
    return m_entries.back();
}

const ImportEntry* ImportLog::find(ImportCode code) const
{
    const auto entry = std::find_if(m_entries.begin(), m_entries.end(),
                                    [code](const ImportEntry& known) { return known.code == code; });
    return entry == m_entries.end() ? nullptr : &*entry;
}

void ImportLog::addExample(ImportCode code, const std::optional<ImportPlace>& place, std::string_view example,
                           std::uint64_t count)
{
    ImportEntry& entry = entryOf(code);
    entry.count += count;
    if (example.empty() || entry.examples.size() >= examplesKept)
        return;
    entry.examples.emplace_back(validUtf8(cutUtf8(example, longestExample)).text);
    entry.places.push_back(place);
}

void ImportLog::add(ImportCode code, std::string_view example, std::uint64_t count)
{
    addExample(code, std::nullopt, example, count);
}

void ImportLog::add(ImportCode code, const ImportPlace& place, std::string_view example, std::uint64_t count)
{
    addExample(code, place, example, count);
}

std::uint64_t ImportLog::count(ImportCode code) const
{
    const ImportEntry* const entry = find(code);
    return entry ? entry->count : 0;
}

void ImportLog::append(const ImportLog& other, const std::string& prefix)
{
    for (const ImportEntry& entry : other.m_entries) {
        addExample(entry.code, std::nullopt, {}, entry.count);
        for (std::size_t i = 0; i < entry.examples.size(); ++i)
            addExample(entry.code, entry.places[i], prefix + ": " + entry.examples[i], 0);
        if (entry.examples.empty())
            addExample(entry.code, std::nullopt, prefix, 0);
    }
}

void ImportLog::movePlaces(Duration shift)
{
    for (ImportEntry& entry : m_entries) {
        for (std::optional<ImportPlace>& place : entry.places) {
            std::int64_t moved = 0;
            if (!place)
                continue;
            if (__builtin_add_overflow(nanosecondsOf(place->time), shift.count(), &moved))
                place.reset();
            else
                place->time = timePointAt(moved);
        }
    }
}

void ImportLog::renameDevices(std::span<const DeviceId> newIds)
{
    for (ImportEntry& entry : m_entries) {
        for (std::optional<ImportPlace>& place : entry.places) {
            if (place && place->device.isValid())
                place->device = newIds[place->device.value()];
        }
    }
}

std::uint64_t ImportLog::rowsLost() const
{
    std::uint64_t lost = 0;
    for (const ImportEntry& entry : m_entries) {
        if (severityOf(entry.code) == ImportSeverity::DataLoss)
            lost += entry.count;
    }
    return lost;
}

bool ImportLog::isDamaged() const
{
    return count(ImportCode::TruncatedGzip) + count(ImportCode::TruncatedJson) +
               count(ImportCode::DamagedJson) + count(ImportCode::DamagedGzip) +
               count(ImportCode::TruncatedDatabase) + count(ImportCode::DamagedDatabase) >
           0;
}

} // namespace stepscope
