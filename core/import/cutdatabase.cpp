#include "core/import/cutdatabase.h"

#include "core/import/filereader.h"

#include <array>
#include <cstring>
#include <new>
#include <span>

#include <sqlite3.h>

namespace stepscope {

namespace {

constexpr std::size_t headerBytes = 100;
constexpr const char* vfsName = "stepscope-cut";

std::uint32_t bigEndian(std::span<const unsigned char> bytes)
{
    std::uint32_t number = 0;
    for (const unsigned char byte : bytes)
        number = number << 8 | byte;
    return number;
}

sqlite3_vfs* baseVfs()
{
    return sqlite3_vfs_find(nullptr);
}

/// SQLite allocates it, with the file of the system's VFS behind it.
struct CutFile {
    sqlite3_file base;
    sqlite3_int64 wholeBytes;
    sqlite3_int64 allBytes;

    static CutFile* of(sqlite3_file* file) { return reinterpret_cast<CutFile*>(file); }
    sqlite3_file* inner() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

int closeCut(sqlite3_file* file)
{
    sqlite3_file* const inner = CutFile::of(file)->inner();
    return inner->pMethods ? inner->pMethods->xClose(inner) : SQLITE_OK;
}

int readCut(sqlite3_file* file, void* buffer, int wanted, sqlite3_int64 offset)
{
    CutFile* const cut = CutFile::of(file);
    if (offset > cut->wholeBytes - wanted)
        return SQLITE_CORRUPT;
    return cut->inner()->pMethods->xRead(cut->inner(), buffer, wanted, offset);
}

int sizeOfCut(sqlite3_file* file, sqlite3_int64* bytes)
{
    *bytes = CutFile::of(file)->allBytes;
    return SQLITE_OK;
}

int refuseWrite(sqlite3_file*, const void*, int, sqlite3_int64)
{
    return SQLITE_READONLY;
}

int refuseTruncate(sqlite3_file*, sqlite3_int64)
{
    return SQLITE_READONLY;
}

int ignoreNumber(sqlite3_file*, int)
{
    return SQLITE_OK;
}

int sayNotLocked(sqlite3_file*, int* isLocked)
{
    *isLocked = 0;
    return SQLITE_OK;
}

int controlCut(sqlite3_file*, int, void*)
{
    return SQLITE_NOTFOUND;
}

int sectorBytes(sqlite3_file*)
{
    return 4096;
}

int characteristics(sqlite3_file*)
{
    return SQLITE_IOCAP_IMMUTABLE;
}

constexpr sqlite3_io_methods cutMethods = {
    1,
    closeCut,
    readCut,
    refuseWrite,
    refuseTruncate,
    ignoreNumber,
    sizeOfCut,
    ignoreNumber,
    ignoreNumber,
    sayNotLocked,
    controlCut,
    sectorBytes,
    characteristics,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
};

int openCut(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags)
{
    CutFile* const cut = CutFile::of(file);
    std::memset(cut->inner(), 0, static_cast<std::size_t>(baseVfs()->szOsFile));
    cut->wholeBytes = sqlite3_uri_int64(name, "whole", 0);
    cut->allBytes = sqlite3_uri_int64(name, "all", 0);
    cut->base.pMethods = &cutMethods;
    return baseVfs()->xOpen(baseVfs(), name, cut->inner(), flags, outFlags);
}

sqlite3_vfs makeVfs()
{
    sqlite3_vfs vfs = *baseVfs();
    vfs.iVersion = 1;
    vfs.pNext = nullptr;
    vfs.zName = vfsName;
    vfs.szOsFile = static_cast<int>(sizeof(CutFile)) + baseVfs()->szOsFile;
    vfs.xOpen = openCut;
    return vfs;
}

} // namespace

std::string DatabaseLength::whereCut() const
{
    return "it ends at byte " + std::to_string(fileBytes) + " of " + std::to_string(fileBytes + lostBytes());
}

Result<DatabaseLength> databaseLength(const std::string& path)
{
    Result<FileReader> file = FileReader::open(path);
    if (!file)
        return file.error();
    DatabaseLength length;
    length.fileBytes = file->fileBytes();
    std::array<unsigned char, headerBytes> header{};
    if (file->read(header) < header.size())
        return length; // SQLite says that it is no database
    const std::span<const unsigned char> bytes(header);
    const std::uint32_t written = bigEndian(bytes.subspan(16, 2));
    length.pageBytes = written == 1 ? 65536 : written;
    if (length.pageBytes == 0)
        return length;
    length.wholePages = length.fileBytes / length.pageBytes;
    const bool isCountValid = bigEndian(bytes.subspan(24, 4)) == bigEndian(bytes.subspan(92, 4));
    const std::uint64_t pages = isCountValid ? bigEndian(bytes.subspan(28, 4)) : 0;
    length.pages = pages > 0 ? pages : (length.fileBytes + length.pageBytes - 1) / length.pageBytes;
    return length;
}

const char* cutDatabaseVfs()
{
    static sqlite3_vfs vfs = makeVfs();
    static const int status = sqlite3_vfs_register(&vfs, 0);
    if (status != SQLITE_OK)
        throw std::bad_alloc();
    return vfsName;
}

} // namespace stepscope
