#pragma once

#include <QString>

#include <functional>

namespace stepscope {

/// A button that a message offers, and what it does.
struct Choice {
    QString text;
    std::function<void()> choose;
    bool isBest = false; ///< what most people should do
};

} // namespace stepscope
