#pragma once

#include "core/report/translatable.h"
#include "core/trace/captureinfo.h"

#include <string>

namespace stepscope {

/// Which file, where it could not be read, what is known to be lost: "rank3.json.gz stops at byte 91 402 113
/// of the text; 512 bytes are lost".
Sentence damageSentence(const CaptureInfo& capture, const DamagedPlace& place);
/// The name, without folders, of the file that a damaged place is in; printable.
std::string damagedFile(const CaptureInfo& capture, const DamagedPlace& place);

} // namespace stepscope
