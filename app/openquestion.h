#pragma once

#include "core/base/result.h"
#include "widgets/panels/choice.h"
#include "widgets/viewmodel/loadanswers.h"

#include <QCoreApplication>

#include <functional>
#include <vector>

namespace stepscope {

/// What a file that could not be opened asks of the user.
class OpenQuestion {
    Q_DECLARE_TR_FUNCTIONS(stepscope::OpenQuestion)

public:
    /// The ways to go on, each of which calls `open` with `given` and one answer more; none where the error
    /// is no question.
    static std::vector<Choice> choices(const Error& error, const LoadAnswers& given,
                                       const std::function<void(const LoadAnswers&)>& open);
};

} // namespace stepscope
