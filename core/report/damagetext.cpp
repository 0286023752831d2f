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

Sentence damageSentence(const CaptureInfo& capture, const DamagedPlace& place)
{
    const std::string file = damagedFile(capture, place);
    const std::string table = printable(place.table);
    const std::string offset = grouped(place.offset);
    if (place.table.empty()) {
        if (place.lostBytes) {
            const std::string lost = grouped(*place.lostBytes);
            if (place.reachesEnd)
                return {STEPSCOPE_TR("%1 stops at byte %2 of the text; bytes lost: %3"),
                        {file, offset, lost}};
            return {STEPSCOPE_TR(
                        "%1 is damaged at byte %2 of the text, and was read on behind it; bytes lost: %3"),
                    {file, offset, lost}};
        }
        if (place.reachesEnd)
            return {STEPSCOPE_TR("%1 stops at byte %2 of the text"), {file, offset}};
        return {STEPSCOPE_TR("%1 is damaged at byte %2 of the text, and was read on behind it"),
                {file, offset}};
    }
    if (place.lostRows) {
        const std::string lost = grouped(*place.lostRows);
        if (place.reachesEnd)
            return {STEPSCOPE_TR("Table %2 of %1 breaks off, at byte %3 of the file; rows lost: %4"),
                    {file, table, offset, lost}};
        return {
            STEPSCOPE_TR(
                "Table %2 of %1 is damaged at byte %3 of the file, and was read on behind it; rows lost: %4"),
            {file, table, offset, lost}};
    }
    if (place.reachesEnd)
        return {STEPSCOPE_TR("Table %2 of %1 breaks off, at byte %3 of the file"), {file, table, offset}};
    return {STEPSCOPE_TR("Table %2 of %1 is damaged at byte %3 of the file, and was read on behind it"),
            {file, table, offset}};
}

} // namespace stepscope
