#pragma once

#include "core/import/serverlaunch.h"
#include "core/trace/contextvalues.h"

namespace stepscope {

/// What the options of a server's start say, without its text. The last of a repeated option counts. Stated
/// is what stands there, and what the engine documents for a command that is silent, unless more options may
/// come from a file or a variable: vLLM's sizes of 1 and SGLang's tp and pp of 1 (its dp and ep depend on the
/// model). With expert parallelism on, vLLM's ep is tp × dp. Defaults that depend on the version are not
/// stated. A value that is a variable, or none that the engine would take, is not stated: its option is in
/// `ignored`.
ServerCommand readServerOptions(const ServerLaunch& launch);

} // namespace stepscope
