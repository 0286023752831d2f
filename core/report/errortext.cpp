#include "core/report/errortext.h"

#include "core/report/numbertext.h"
#include "core/report/printabletext.h"

#include <filesystem>

namespace stepscope {

namespace {

/// As a word of a shell command that can be pasted.
std::string shellWord(const std::string& text)
{
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./+=,:@%";
    if (!text.empty() && text.find_first_not_of(plain) == std::string::npos)
        return text;
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\'')
            quoted += "'\\''";
        else
            quoted += c;
    }
    return quoted + "'";
}

} // namespace

std::string nsysExportCommand(const std::string& path)
{
    const std::string database = std::filesystem::path(path).replace_extension(".sqlite").string();
    return "nsys export --type sqlite -o " + shellWord(database) + " " + shellWord(path);
}

namespace {

Sentence memorySentence(const MemoryNeed& memory, const std::string& path)
{
    const std::string needed = shortBytes(memory.needed);
    const std::string free = shortBytes(memory.free);
    if (memory.wasReached)
        return {
            STEPSCOPE_TR("Reading %1 was stopped: what it holds takes more than %2 of memory, and %3 were "
                         "free."),
            {path, needed, free}};
    if (memory.withoutPython == 0)
        return {STEPSCOPE_TR(
                    "%1 needs about %2 of memory, and %3 are free. Close other traces or programs first: "
                    "loaded all the same, it may slow down the machine, or the system may end StepScope."),
                {path, needed, free}};
    return {STEPSCOPE_TR("%1 needs about %2 of memory, and %3 are free. Much of it goes to Python frames; "
                         "without them it needs about %4. The budget, the steps and the gates stay the same; "
                         "only the gaps name fewer functions."),
            {path, needed, free, shortBytes(memory.withoutPython)}};
}

} // namespace

Sentence errorTemplate(const Error& error, const std::string& opened)
{
    const std::string& path = error.path.empty() ? opened : error.path;
    const std::string& detail = error.detail;
    switch (error.code) {
    case ErrorCode::Cancelled:
        return {STEPSCOPE_TR("Opening %1 was cancelled."), {path}};
    case ErrorCode::OutOfMemory:
        return {
            STEPSCOPE_TR("There is not enough memory to open %1. Close other traces or programs, or record a "
                         "shorter window."),
            {path}};
    case ErrorCode::NeedsMemory:
        return memorySentence(error.memory, path);
    case ErrorCode::FileNotFound:
        return {STEPSCOPE_TR("%1 does not exist. Check the path; the file may have been moved or renamed."),
                {path}};
    case ErrorCode::FileNotReadable:
        return {
            STEPSCOPE_TR("%1 cannot be read: %2. Check its permissions, or copy it to a place you may read."),
            {path, detail}};
    case ErrorCode::NotOneTrace:
        return {
            STEPSCOPE_TR("%1: these files are not the ranks of one recording: %2. Open them one by one, or "
                         "choose the files of one run."),
            {path, detail}};
    case ErrorCode::IsDirectory:
        if (detail.empty())
            return {
                STEPSCOPE_TR("%1 is a folder, and no trace was found in it by name. Open a file: the .sqlite "
                             "export of Nsight Systems or a .json or .json.gz of the PyTorch profiler."),
                {path}};
        return {STEPSCOPE_TR("%1 is a folder whose files are not named as the ranks of one recording. Open "
                             "one of its traces: %2."),
                {path, detail}};
    case ErrorCode::EmptyFile:
        return {
            STEPSCOPE_TR("%1 is empty: the recording or the copy did not finish. Record or copy it again."),
            {path}};
    case ErrorCode::UnknownFormat:
        return {
            STEPSCOPE_TR(
                "%1 is no trace that StepScope knows; it looks like %2. Open the .sqlite export of Nsight "
                "Systems or a .json or .json.gz of the PyTorch profiler."),
            {path, detail}};
    case ErrorCode::NsysReport:
        return {STEPSCOPE_TR("%1 is a report of Nsight Systems, whose format is closed. Export it first: %2"),
                {path, nsysExportCommand(path)}};
    case ErrorCode::NsysExportFailed:
        return {STEPSCOPE_TR(
                    "%1 could not be exported. %2. A report of a newer Nsight Systems needs an nsys as new: "
                    "export it where it was recorded, and open the result: %3"),
                {path, detail, nsysExportCommand(path)}};
    case ErrorCode::PackedFile:
        return {STEPSCOPE_TR("%1 is %2. Unpack it and open the trace inside."), {path, detail}};
    case ErrorCode::OtherExport:
        return {
            STEPSCOPE_TR("%1 is %2, which StepScope does not read. Open the .sqlite export of Nsight Systems "
                         "(nsys export --type sqlite) or a trace of the PyTorch profiler."),
            {path, detail}};
    case ErrorCode::SuspiciousGzip:
        return {
            STEPSCOPE_TR(
                "%1 was not opened, because it expands as no trace does: %2. Go on only if you trust it."),
            {path, detail}};
    case ErrorCode::DamagedGzip:
        return {
            STEPSCOPE_TR(
                "%1 is damaged: its compressed data breaks off before the first whole event (%2). Copy it "
                "again, or record again."),
            {path, detail}};
    case ErrorCode::DamagedJson:
        return {STEPSCOPE_TR(
                    "%1 is damaged before its first whole event (%2). Copy it again, or record again and let "
                    "the profiler finish writing."),
                {path, detail}};
    case ErrorCode::DamagedDatabase:
        return {
            STEPSCOPE_TR("%1 is a damaged database (%2). Copy it again, or export it again from the report."),
            {path, detail}};
    case ErrorCode::NotNsysDatabase:
        return {STEPSCOPE_TR(
                    "%1 is a SQLite database, but no export of Nsight Systems: none of its tables is known "
                    "(%2). Export the report with: nsys export --type sqlite"),
                {path, detail}};
    case ErrorCode::ViewInsteadOfTable:
        return {
            STEPSCOPE_TR(
                "%1 was not opened: %2 should be a table but is a view or a virtual table, which could run "
                "anything. Export the report again with nsys."),
            {path, detail}};
    case ErrorCode::BadSchema:
        return {
            STEPSCOPE_TR(
                "%1 lacks a column that is needed: %2. Export the report again with nsys, without editing "
                "the tables."),
            {path, detail}};
    case ErrorCode::NoGpuWork:
        if (detail.empty())
            return {
                STEPSCOPE_TR(
                    "%1 holds no GPU work and no launches. Record again while the server is decoding, and "
                    "with CUDA traced."),
                {path}};
        return {
            STEPSCOPE_TR(
                "%1 holds no GPU work and no launches. Record again while the server is decoding, and with "
                "CUDA traced. Other traces in the folder: %2."),
            {path, detail}};
    case ErrorCode::NoGpuRecords:
        return {
            STEPSCOPE_TR(
                "%1 holds launch calls (%2) but not one GPU record: the profiler could not record the GPU. "
                "Check that CUPTI fits the driver (same CUDA major version), that no other profiler is "
                "attached, and that it may read the counters."),
            {path, detail}};
    case ErrorCode::FrontEndTrace:
        if (detail.empty())
            return {
                STEPSCOPE_TR(
                    "%1 holds neither GPU work nor CUDA calls, as the trace of vLLM's API server does. "
                    "Open the trace of a worker (its name holds its rank); none was found in the folder."),
                {path}};
        return {STEPSCOPE_TR(
                    "%1 holds neither GPU work nor CUDA calls, as the trace of vLLM's API server does. Open "
                    "the trace of a worker from the same folder: %2."),
                {path, detail}};
    case ErrorCode::BadPattern:
        return {STEPSCOPE_TR("The regular expression cannot be used: %1."), {detail}};
    case ErrorCode::NotADriverRecord:
        return {STEPSCOPE_TR(
                    "%1 is no driver record that StepScope reads: %2. Give the text that the clean driver "
                    "printed, or the JSON that vllm bench serve --save-result wrote."),
                {path, detail}};
    case ErrorCode::NotAServerCommand:
        return {
            STEPSCOPE_TR("%1 tells of no server that StepScope can read: %2. Give the line that starts the "
                         "server, like vllm serve MODEL --tensor-parallel-size 8."),
            {path, detail}};
    case ErrorCode::NotAContextFile:
        return {
            STEPSCOPE_TR("%1 is no context file that StepScope reads: %2. Give one JSON object of fields and "
                         "their values, like {\"model\": \"GLM\", \"tp\": 8}."),
            {path, detail}};
    case ErrorCode::BadRules:
        return {STEPSCOPE_TR("The kernel class table %1 cannot be used: %2."), {path, detail}};
    case ErrorCode::CannotWrite:
        return {STEPSCOPE_TR("Cannot write %1."), {detail}};
    }
    return {STEPSCOPE_TR("%1 cannot be opened: %2."), {path, detail}};
}

std::string errorSentence(const Error& error, const std::string& path)
{
    return printable(errorTemplate(error, path).english());
}

} // namespace stepscope
