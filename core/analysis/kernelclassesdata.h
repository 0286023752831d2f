#pragma once

namespace stepscope {

/// The text of resources/kernel-classes.json, compiled in.
extern const char* const kernelClassesJson;

} // namespace stepscope
