#include "core/trace/importlog.h"

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

void ImportLog::add(ImportCode code, std::string_view example, std::uint64_t count)
{
    auto entry = std::find_if(m_entries.begin(), m_entries.end(),
                              [code](const ImportEntry& known) { return known.code == code; });
    if (entry == m_entries.end()) {
        m_entries.push_back({code, 0, {}});
        entry = m_entries.end() - 1;
    }
    entry->count += count;
    if (!example.empty() && entry->examples.size() < examplesKept)
        entry->examples.emplace_back(example);
}

std::uint64_t ImportLog::count(ImportCode code) const
{
    for (const ImportEntry& entry : m_entries) {
        if (entry.code == code)
            return entry.count;
    }
    return 0;
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
