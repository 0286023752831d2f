#include "core/report/damagetext.h"

#include "core/report/numbertext.h"
#include "core/report/printabletext.h"

#include <filesystem>

namespace stepscope {

std::string damagedFile(const CaptureInfo& capture, const DamagedPlace& place)
{
    const std::string& path =
        place.file < capture.files.size() ? capture.files[place.file].path : capture.path;
    return printable(std::filesystem::path(path).filename().string());
}

namespace {

Sentence textDamage(const std::string& file, const DamagedPlace& place)
{
    const std::string offset = grouped(place.offset.value_or(0));
    if (!place.lostBytes)
        return place.reachesEnd
                   ? Sentence{STEPSCOPE_TR("%1 stops at byte %2 of the text"), {file, offset}}
                   : Sentence{STEPSCOPE_TR("%1 is damaged at byte %2 of the text, and was read on behind it"),
                              {file, offset}};
    const std::string lost = grouped(*place.lostBytes);
    if (place.reachesEnd)
        return {STEPSCOPE_TR("%1 stops at byte %2 of the text; bytes lost: %3"), {file, offset, lost}};
    return {STEPSCOPE_TR("%1 is damaged at byte %2 of the text, and was read on behind it; bytes lost: %3"),
            {file, offset, lost}};
}

/// One of several files is named.
Sentence tableDamage(const std::string& file, const DamagedPlace& place)
{
    const std::string table = printable(place.table);
    if (place.reachesEnd && place.lostRows)
        return {STEPSCOPE_TR("Table %2 of %1 breaks off; rows lost: %3"),
                {file, table, grouped(*place.lostRows)}};
    if (place.reachesEnd)
        return {STEPSCOPE_TR("Table %2 of %1 breaks off"), {file, table}};
    if (!place.lostRows)
        return {STEPSCOPE_TR("Table %2 of %1 is damaged inside, and was read on behind it"), {file, table}};
    return {STEPSCOPE_TR("Table %2 of %1 is damaged inside, and was read on behind it; rows lost: %3"),
            {file, table, grouped(*place.lostRows)}};
}

Sentence tableDamage(const DamagedPlace& place)
{
    const std::string table = printable(place.table);
    if (place.reachesEnd && place.lostRows)
        return {STEPSCOPE_TR("Table %1 breaks off; rows lost: %2"), {table, grouped(*place.lostRows)}};
    if (place.reachesEnd)
        return {STEPSCOPE_TR("Table %1 breaks off"), {table}};
    if (!place.lostRows)
        return {STEPSCOPE_TR("Table %1 is damaged inside, and was read on behind it"), {table}};
    return {STEPSCOPE_TR("Table %1 is damaged inside, and was read on behind it; rows lost: %2"),
            {table, grouped(*place.lostRows)}};
}

} // namespace

Sentence damageSentence(const CaptureInfo& capture, const DamagedPlace& place)
{
    const std::string file = damagedFile(capture, place);
    if (!place.table.empty())
        return capture.files.size() > 1 ? tableDamage(file, place) : tableDamage(place);
    if (capture.format == TraceFormat::NsysSqlite)
        return {STEPSCOPE_TR("%1 is cut short: its whole pages end at byte %2; bytes missing: %3"),
                {file, grouped(place.offset.value_or(0)), grouped(place.lostBytes.value_or(0))}};
    return textDamage(file, place);
}

} // namespace stepscope
