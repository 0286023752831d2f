#include "widgets/timeline/tapeeditor.h"

namespace stepscope {

void TapeEditor::toggle(TimePoint time)
{
    if (isOpen())
        end(time);
    else
        m_state.setTape(TimelineState::Tape{time, time, true});
}

void TapeEditor::moveTo(TimePoint time)
{
    if (isOpen())
        m_state.setTape(TimelineState::Tape{m_state.tape()->from, time, true});
}

void TapeEditor::end(TimePoint time)
{
    if (!isOpen())
        return;
    const TimePoint from = m_state.tape()->from;
    if (time == from)
        clear(); // of no length it measures nothing
    else
        m_state.setTape(TimelineState::Tape{from, time, false});
}

} // namespace stepscope
