#pragma once

#include "core/analysis/kernelclassifier.h"

#include <QString>

/// How kernels are named where there is little room.
namespace stepscope::kerneltext {

/// "attention", "comm", "gemm": a class in one word.
QString className(KernelClass kernelClass);
/// What a kernel of the class does, as a short phrase.
QString classMeaning(KernelClass kernelClass);
/// The name without return type, namespaces of the function and parameters, so that what tells kernels
/// apart comes first: "void at::native::copy_kernel<4, X>(int)" is "copy_kernel<4, X>". Names that are no
/// C++ signature stay as they are.
QString shortName(const QString& name);

} // namespace stepscope::kerneltext
