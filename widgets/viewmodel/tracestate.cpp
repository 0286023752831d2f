#include "widgets/viewmodel/tracestate.h"

namespace stepscope {

void TraceState::take(Fields fields, const TraceState& other)
{
    if (fields.testFlag(Window))
        window = other.window;
    if (fields.testFlag(View))
        view = other.view;
    if (fields.testFlag(Tpot))
        tpotMilliseconds = other.tpotMilliseconds;
    if (fields.testFlag(TokensPerStep))
        tokensPerStep = other.tokensPerStep;
    if (fields.testFlag(ExpandedGroups))
        expandedGroups = other.expandedGroups;
    if (fields.testFlag(Reference))
        reference = other.reference;
    if (fields.testFlag(Input))
        input = other.input;
    if (fields.testFlag(DrawnSteps))
        drawnSteps = other.drawnSteps;
    if (fields.testFlag(Markers))
        markers = other.markers;
}

TraceState::Fields TraceState::differing(const TraceState& other) const
{
    Fields fields;
    fields.setFlag(Window, window != other.window);
    fields.setFlag(View, view != other.view);
    fields.setFlag(Tpot, tpotMilliseconds != other.tpotMilliseconds);
    fields.setFlag(TokensPerStep, tokensPerStep != other.tokensPerStep);
    fields.setFlag(ExpandedGroups, expandedGroups != other.expandedGroups);
    fields.setFlag(Reference, reference != other.reference);
    fields.setFlag(Input, input != other.input);
    fields.setFlag(DrawnSteps, drawnSteps != other.drawnSteps);
    fields.setFlag(Markers, markers != other.markers);
    return fields;
}

} // namespace stepscope
