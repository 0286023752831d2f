#pragma once

namespace stepscope {

/// The text of resources/ceilings.json, compiled in.
extern const char* const ceilingsJson;

} // namespace stepscope
