#pragma once

#include "core/trace/importlog.h"

#include <QString>

namespace stepscope {

/// What was odd in a file, one line for each kind, losses and errors first. Empty when nothing was.
QString importText(const ImportLog& log);
/// The same, only what says that the file is damaged or not whole.
QString damageText(const ImportLog& log);

} // namespace stepscope
