#pragma once

#include "core/columnfile/archive.h"
#include "core/columnfile/columnfile.h"
#include "core/trace/trace.h"
#include "core/trace/tracecolumns.h"
#include "core/trace/tracepreview.h"

namespace stepscope {

template <> inline constexpr TraceFormat lastOf<TraceFormat> = TraceFormat::KinetoJson;
template <> inline constexpr ImportCode lastOf<ImportCode> = ImportCode::FoldedLanes;

// Each struct takes all its members apart by name, so that a new member does not compile until it is kept,
// too.

template <class Archive> void transfer(Archive& archive, PieceInfo& piece)
{
    auto& [bytes, checksum] = piece;
    archive(bytes, checksum);
}

template <class Archive> void transfer(Archive& archive, ColumnFileHead& head)
{
    auto& [identity, readingVersion, program, columnBytes, preview, facts] = head;
    archive(identity, readingVersion, program, columnBytes, preview, facts);
}

template <class Archive> void transfer(Archive& archive, ColumnInfo& column)
{
    auto& [name, valueBytes, values, firstPiece, checksums] = column;
    archive(name, valueBytes, values, firstPiece, checksums);
}

template <class Archive> void transfer(Archive& archive, TracePreview::Lane& lane)
{
    auto& [label, busy] = lane;
    archive(label, busy);
}

template <class Archive> void transfer(Archive& archive, TracePreview& preview)
{
    auto& [extent, lanes] = preview;
    archive(extent, lanes);
}

template <class Archive> void transfer(Archive& archive, CaptureFile& file)
{
    auto& [path, sha256, fileBytes, rank, shift, gpuExtent] = file;
    archive(path, sha256, fileBytes, rank, shift, gpuExtent);
}

template <class Archive> void transfer(Archive& archive, DamagedPlace& place)
{
    auto& [file, table, holdsGpuWork, offset, lostBytes, lostRows, after, reachesEnd] = place;
    archive(file, table, holdsGpuWork, offset, lostBytes, lostRows, after, reachesEnd);
}

template <class Archive> void transfer(Archive& archive, CaptureInfo& capture)
{
    auto& [format, path, sha256, fileBytes, textBytes, tool, schemaVersion, isGraphMode, withStack, rank,
           worldSize, files, damage, origin, baseTime, facts, contents] = capture;
    archive(format, path, sha256, fileBytes, textBytes, tool, schemaVersion, isGraphMode, withStack, rank,
            worldSize, files, damage, origin, baseTime, facts, contents);
}

template <class Archive> void transfer(Archive& archive, ImportPlace& place)
{
    auto& [time, device] = place;
    archive(time, device);
}

template <class Archive> void transfer(Archive& archive, ImportEntry& entry)
{
    auto& [code, count, examples, places] = entry;
    archive(code, count, examples, places);
}

template <class Archive> void transfer(Archive& archive, Process& process)
{
    auto& [pid, name, file] = process;
    archive(pid, name, file);
}

template <class Archive> void transfer(Archive& archive, Thread& thread)
{
    auto& [process, tid, name] = thread;
    archive(process, tid, name);
}

/// Without its table, which is columns.
template <class Archive> void transfer(Archive& archive, Device& device)
{
    auto& [process, key, hardware, uuid, activities, negativeRows] = device;
    (void)activities;
    archive(process, key, hardware, uuid, negativeRows);
}

/// Piece FactsId.
template <class Archive> void transferFacts(Archive& archive, Trace& trace, std::vector<ColumnInfo>& columns)
{
    const TraceColumns::Parts parts = TraceColumns::partsOf(trace);
    archive(parts.capture, parts.log, parts.processes, parts.threads, parts.devices, parts.extent,
            parts.gpuExtent, columns);
}

} // namespace stepscope
