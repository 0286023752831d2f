#include "core/analysis/budgetframes.h"

#include "core/analysis/hostframes.h"
#include "core/analysis/stepframe.h"

#include <memory>

namespace stepscope {

std::function<bool(std::string_view name)> budgetFrames()
{
    return [classifier = std::make_shared<const HostFrameClassifier>()](std::string_view name) {
        const HostFrame frame = classifier->classify(name);
        return frame.owner || frame.isDriver || frame.isStepRange || parseStepFrame(name);
    };
}

} // namespace stepscope
