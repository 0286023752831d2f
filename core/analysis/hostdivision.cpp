#include "core/analysis/hostdivision.h"

#include <algorithm>
#include <tuple>

namespace stepscope {

/// Cuts ascending ranges by a set.
class HostDivision::SetWalk {
public:
    explicit SetWalk(const IntervalUnion& set) : m_set(set) {}

    /// The parts of `range` in order, those in the set and the others.
    template <class Inside, class Outside> void cut(TimeRange range, Inside inside, Outside outside)
    {
        moveTo(range.begin);
        for (std::size_t i = m_next; i < m_set.size() && m_set[i].begin < range.end; ++i) {
            const TimeRange part = m_set[i].intersected(range);
            if (range.begin < part.begin)
                outside(TimeRange{range.begin, part.begin});
            inside(part);
            range.begin = part.end;
        }
        if (!range.isEmpty())
            outside(range);
    }

private:
    void moveTo(TimePoint time)
    {
        constexpr std::size_t worthASearch = 16;
        const auto isBehind = [this, time](std::size_t index) {
            return index < m_set.size() && m_set[index].end <= time;
        };
        if (isBehind(m_next + worthASearch))
            m_next = m_set.firstEndingAfter(time);
        while (isBehind(m_next))
            ++m_next;
    }

    const IntervalUnion& m_set;
    std::size_t m_next = 0; // the first that ends after the last range began
};

/// Walks through the CPU events of one thread.
class HostDivision::EventWalk {
public:
    EventWalk(const Trace& trace, const HostActivity& host, ThreadId thread)
        : m_events(trace.cpuEvents()), m_host(host), m_thread(thread)
    {
        std::tie(m_next, m_last) = m_events.rowsOf(thread);
    }

    /// The parts of `range` in order: between two changes of the innermost event, one owner.
    template <class Give> void divide(TimeRange range, Give give)
    {
        while (!range.isEmpty()) {
            moveTo(range.begin);
            TimePoint until = range.end;
            if (m_next < m_last)
                until = std::min(until, m_events.begin(m_next));
            if (!m_open.empty())
                until = std::min(until, m_open.back().end);
            give(owner(), TimeRange{range.begin, until});
            range.begin = until;
        }
    }

private:
    struct Open {
        TimePoint end;
        TimeClass owner;
    };

    TimeClass owner() const { return m_open.empty() ? TimeClass::Untraced : m_open.back().owner; }

    void moveTo(TimePoint time)
    {
        constexpr std::size_t worthASearch = 256;
        if (m_next + worthASearch < m_last && m_events.begin(m_next + worthASearch) <= time)
            jumpTo(time);
        for (; m_next < m_last && m_events.begin(m_next) <= time; ++m_next)
            enter(m_next);
        leave(time);
    }

    /// What is open follows from the last event that began: it and those that it began in.
    void jumpTo(TimePoint time)
    {
        m_next = m_events.firstBeginningAfter(m_thread, time);
        m_ancestors.clear();
        for (auto row = static_cast<std::uint32_t>(m_next - 1); row != CpuEventTable::noParent;
             row = m_events.parent(row))
            m_ancestors.push_back(row);
        m_open.clear();
        for (auto row = m_ancestors.rbegin(); row != m_ancestors.rend(); ++row)
            enter(*row);
    }

    void enter(std::size_t row)
    {
        leave(m_events.begin(row));
        const HostFrame& frame = m_host.frame(m_events.name(row));
        TimeClass own = owner();
        if (frame.owner)
            own = *frame.owner;
        else if (frame.isDriver || (own == TimeClass::Untraced && !frame.isStepRange))
            own = TimeClass::OtherHost;
        m_open.push_back({m_events.end(row), own});
    }

    void leave(TimePoint time)
    {
        while (!m_open.empty() && m_open.back().end <= time)
            m_open.pop_back();
    }

    const CpuEventTable& m_events;
    const HostActivity& m_host;
    ThreadId m_thread;
    std::size_t m_next = 0; // row that has not begun
    std::size_t m_last = 0;
    std::vector<Open> m_open; // the innermost last
    std::vector<std::uint32_t> m_ancestors;
};

class HostDivision::ThreadWalk {
public:
    ThreadWalk(const Trace& trace, const HostActivity& host, ThreadId thread)
        : m_blocking(host.callsOf(thread).blocking), m_allocating(host.callsOf(thread).allocating),
          m_calls(host.callsOf(thread).calls), m_events(trace, host, thread)
    {}

    void divide(TimeRange range, OwnedTime& owned)
    {
        const auto to = [&owned](TimeClass owner) {
            return [&owned, owner](TimeRange part) { owned.give(owner, part); };
        };
        // A call has a name even where no operator or frame was recorded around it.
        const auto byEvent = [&](TimeClass owner, TimeRange part) {
            if (owner == TimeClass::Untraced)
                m_calls.cut(part, to(TimeClass::OtherHost), to(TimeClass::Untraced));
            else
                owned.give(owner, part);
        };
        m_blocking.cut(range, to(TimeClass::Synchronize), [&](TimeRange rest) {
            m_allocating.cut(rest, to(TimeClass::Allocate),
                             [&](TimeRange named) { m_events.divide(named, byEvent); });
        });
    }

private:
    SetWalk m_blocking;
    SetWalk m_allocating;
    SetWalk m_calls;
    EventWalk m_events;
};

HostDivision::HostDivision(const Trace& trace, const HostActivity& host, OwnedTime& owned)
    : m_trace(trace), m_host(host), m_owned(owned), m_walks(trace.threads().size())
{}

HostDivision::~HostDivision() = default;

void HostDivision::divide(TimeRange range, ThreadId thread)
{
    std::unique_ptr<ThreadWalk>& walk = m_walks[thread.value()];
    if (!walk)
        walk = std::make_unique<ThreadWalk>(m_trace, m_host, thread);
    walk->divide(range, m_owned);
}

} // namespace stepscope
