#include "app/openquestion.h"

namespace stepscope {

std::vector<Choice> OpenQuestion::choices(const Error& error, const LoadAnswers& given,
                                          const std::function<void(const LoadAnswers&)>& open)
{
    std::vector<Choice> choices;
    const auto offer = [&choices, &given, &open](const QString& text, bool LoadAnswers::*answer,
                                                 bool isBest = false) {
        LoadAnswers answers = given;
        answers.*answer = true;
        choices.push_back({text, [open, answers] { open(answers); }, isBest});
    };
    const bool needsMemory = error.code == ErrorCode::NeedsMemory;
    if (needsMemory && error.memory.withoutPython > 0 && !given.leavesOutPython)
        offer(tr("Leave out the Python frames"), &LoadAnswers::leavesOutPython, true);
    if (needsMemory)
        offer(tr("Load it all the same"), &LoadAnswers::takesAnyMemory);
    if (error.code == ErrorCode::SuspiciousGzip)
        offer(tr("Load it all the same"), &LoadAnswers::acceptsExpansion);
    return choices;
}

} // namespace stepscope
