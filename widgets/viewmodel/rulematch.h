#pragma once

#include <QString>

namespace stepscope {

/// The part of a rule's expression that is found in `name`: of "gemm|nvjet|xmma", for a name with "nvjet",
/// just that. The whole expression where no single alternative matches on its own. For a click: tries one
/// alternative after another.
QString matchedAlternative(const QString& pattern, const QString& name);

} // namespace stepscope
