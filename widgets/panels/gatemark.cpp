#include "widgets/panels/gatemark.h"

namespace stepscope {

GateMark gateMark(GateState state)
{
    switch (state) {
    case GateState::Pass:
        return {QStringLiteral("✓"), Colour::Pass};
    case GateState::Warn:
        return {QStringLiteral("!"), Colour::Warn};
    case GateState::Fail:
        return {QStringLiteral("✕"), Colour::Fail};
    case GateState::Unknown:
        return {QStringLiteral("?"), Colour::DimText};
    case GateState::NotApplicable:
        break;
    }
    return {QStringLiteral("–"), Colour::FaintText};
}

} // namespace stepscope
