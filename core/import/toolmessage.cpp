#include "core/import/toolmessage.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace stepscope {

namespace {

/// Lower case, with each run of blanks and tabs as one blank.
std::string normalised(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        if (c == ' ' || c == '\t') {
            if (!result.ends_with(' '))
                result += ' ';
        } else {
            result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    return result;
}

template <std::size_t n>
bool containsAny(const std::string& text, const std::array<std::string_view, n>& parts)
{
    return std::any_of(parts.begin(), parts.end(),
                       [&text](std::string_view part) { return text.find(part) != std::string::npos; });
}

constexpr std::array<std::string_view, 3> nothingRecorded = {
    "no cuda events collected", "cuda profiling might have not been started correctly",
    "number of cupti events produced: 0,"};

constexpr std::array<std::string_view, 5> failures = {"cupti_error", "cupti initialization failed",
                                                      "cupti tracing is not available", "gpu trace is empty!",
                                                      "no valid trace events (cpu/gpu) found"};

constexpr std::array<std::string_view, 4> missingRecords = {
    "some cupti events might be missing", "not all cuda events might have been collected",
    "exceeded max gpu buffer count", "collecttrace stopped by gpu profiler"};

constexpr std::array<std::string_view, 2> remarks = {"not all nvtx events might have been collected",
                                                     "is not supported by this build"};

} // namespace

bool saysNothingWasRecorded(std::string_view text)
{
    return containsAny(normalised(text), nothingRecorded);
}

std::optional<ImportCode> codeOfToolMessage(std::string_view text)
{
    const std::string message = normalised(text);
    if (containsAny(message, failures))
        return ImportCode::CaptureError;
    if (containsAny(message, missingRecords) || containsAny(message, nothingRecorded))
        return ImportCode::CaptureDiagnostic;
    if (containsAny(message, remarks))
        return ImportCode::CaptureNote;
    return std::nullopt;
}

} // namespace stepscope
