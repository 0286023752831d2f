#pragma once

#include "widgets/timeline/timelinestate.h"

namespace stepscope {

/// Lays the measuring tape: from where it was begun to where it is ended, by two clicks, two keys or one
/// drag.
class TapeEditor {
public:
    explicit TapeEditor(TimelineState& state) : m_state(state) {}

    bool isOpen() const { return m_state.tape() && m_state.tape()->isOpen; }
    /// Begins a tape at `time`, in place of one that lies there; ends the one that is open.
    void toggle(TimePoint time);
    /// A drag that begins at `time` takes an open tape over.
    void startDrag(TimePoint time) { m_state.setTape(TimelineState::Tape{time, time, true}); }
    /// The end of an open tape.
    void moveTo(TimePoint time);
    void end(TimePoint time);
    void clear() { m_state.setTape(std::nullopt); }

private:
    TimelineState& m_state;
};

} // namespace stepscope
