#pragma once

#include "core/base/memoryneed.h"

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace stepscope {

/// Why an operation could not produce its value. The sentence for each code stands in
/// core/report/errortext.cpp.
enum class ErrorCode {
    Cancelled,
    OutOfMemory,
    NeedsMemory, ///< more than there is, with figures: a question, the file may be fine
    FileNotFound,
    FileNotReadable,
    IsDirectory, ///< detail: traces in it
    EmptyFile,
    UnknownFormat,      ///< detail: what the content looks like
    NsysReport,         ///< .nsys-rep / .qdrep: has to be exported first
    NsysExportFailed,   ///< nsys could not export the report; detail: which, and its last words
    PackedFile,         ///< an archive or another compression around the trace; detail: which
    OtherExport,        ///< an nsys export of another kind, rocprof, XLA, execution trace; detail: which
    SuspiciousGzip,     ///< expands as no trace does (a decompression bomb): a question; detail: the sizes
    DamagedGzip,        ///< not one whole event could be read; detail: offset and zlib's word
    DamagedJson,        ///< detail: byte offset and what was expected
    DamagedDatabase,    ///< detail: SQLite's word
    NotNsysDatabase,    ///< a SQLite database without any table of an nsys export
    ViewInsteadOfTable, ///< detail: the table's name
    BadSchema,          ///< a needed column is missing; detail: table and column
    NoGpuWork,          ///< readable, but holds neither GPU activity nor launches; detail: traces beside it
    NoGpuRecords,     ///< launches, but not one GPU activity: nothing was recorded; detail: how many launches
    FrontEndTrace,    ///< the file of the vLLM API server, which does no GPU work; detail: traces beside it
    BadPattern,       ///< a regular expression does not compile; detail: where
    BadRules,         ///< the kernel class table cannot be read; detail: why
    NotADriverRecord, ///< detail: what it is not, as a clause
    NotAServerCommand, ///< detail: what is wrong and what to paste, as a clause
    NotAContextFile,   ///< detail: what is wrong in it, as a clause
    NotOneTrace,       ///< files that do not belong together; detail: why, as a clause
    CannotWrite,       ///< detail: the path and the system's word
};

/// `detail` is technical and untranslated: an offset, a table, a library's message.
struct Error {
    ErrorCode code;
    std::string detail;
    std::string path = {};  ///< of several files the one it concerns
    MemoryNeed memory = {}; ///< of NeedsMemory
};

/// A value or the reason why there is none. Cheap to move.
template <class T> class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return m_state.index() == 0; }

    T& value()
    {
        assert(m_state.index() == 0);
        return *std::get_if<0>(&m_state);
    }
    const T& value() const
    {
        assert(m_state.index() == 0);
        return *std::get_if<0>(&m_state);
    }
    T& operator*() { return value(); }
    const T& operator*() const { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const
    {
        assert(m_state.index() == 1);
        return *std::get_if<1>(&m_state);
    }

private:
    std::variant<T, Error> m_state;
};

/// For operations that only succeed or fail.
struct Done {};

} // namespace stepscope
