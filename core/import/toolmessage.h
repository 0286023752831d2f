#pragma once

#include "core/trace/importlog.h"

#include <optional>
#include <string_view>

namespace stepscope {

/// What a log line of kineto or a diagnostic row of nsys says about the records (formats.md §1.9,
/// domain.md §6.0, §6.4): CaptureError, CaptureDiagnostic (records missing), CaptureNote; nullopt when it
/// says nothing. The text decides, not the severity beside it: "CUPTI buffers: 3 of 50" comes as info.
std::optional<ImportCode> codeOfToolMessage(std::string_view text);

/// Whether the message says that a process recorded nothing at all. Helper processes always say so: it
/// counts only for a process that owns GPU work or when none does.
bool saysNothingWasRecorded(std::string_view text);

} // namespace stepscope
