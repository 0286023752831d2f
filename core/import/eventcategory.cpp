#include "core/import/eventcategory.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace stepscope {

namespace {

bool equalsIgnoringCase(std::string_view text, std::string_view lower)
{
    return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
        return static_cast<char>(std::tolower(static_cast<unsigned char>(a))) == b;
    });
}

} // namespace

EventCategory eventCategory(std::string_view phase, std::string_view category)
{
    if (phase == "M")
        return EventCategory::Names;
    if (phase == "i" && category.empty())
        return EventCategory::Mark;
    if (phase != "X")
        return EventCategory::Ignored;
    struct Word {
        std::string_view word;
        EventCategory category;
    };
    // The second half of the names is the spelling of 2021 and 2022, compared without case.
    constexpr std::array words = {
        Word{"kernel", EventCategory::Kernel},
        Word{"gpu_memcpy", EventCategory::Memcpy},
        Word{"gpu_memset", EventCategory::Memset},
        Word{"cuda_runtime", EventCategory::Call},
        Word{"cuda_driver", EventCategory::Call},
        Word{"user_annotation", EventCategory::Annotation},
        Word{"cpu_op", EventCategory::Operator},
        Word{"overhead", EventCategory::Overhead},
        Word{"trace", EventCategory::Recording},
        Word{"memcpy", EventCategory::Memcpy},
        Word{"memset", EventCategory::Memset},
        Word{"runtime", EventCategory::Call},
        Word{"python_function", EventCategory::PythonFunction},
        Word{"driver", EventCategory::Call},
        Word{"operator", EventCategory::Operator},
    };
    for (const Word& known : words) {
        if (equalsIgnoringCase(category, known.word))
            return known.category;
    }
    return EventCategory::Ignored;
}

} // namespace stepscope
