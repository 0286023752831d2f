#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace stepscope {

/// States that followed each other, and where among them one is: what undo and redo, back and forward are
/// made of. A state that is recorded cuts off those that were ahead. Of more than `most` states the oldest
/// go. A value.
template <class T> class SnapshotHistory {
public:
    static constexpr std::size_t most = 200;

    explicit SnapshotHistory(T present) : m_states{std::move(present)} {}

    const T& present() const { return m_states[m_at]; }
    bool hasBefore() const { return m_at > 0; }
    bool hasAhead() const { return m_at + 1 < m_states.size(); }
    /// Only where there is one.
    const T& before() const { return m_states[m_at - 1]; }
    const T& ahead() const { return m_states[m_at + 1]; }

    /// An equal state is none.
    void record(T state)
    {
        if (state == present())
            return;
        m_states.erase(m_states.begin() + static_cast<std::ptrdiff_t>(m_at) + 1, m_states.end());
        m_states.push_back(std::move(state));
        if (m_states.size() > most)
            m_states.erase(m_states.begin());
        m_at = m_states.size() - 1;
    }
    /// The present state came out otherwise than it was recorded.
    void amend(T state) { m_states[m_at] = std::move(state); }
    /// Only where there is one.
    const T& goBack() { return m_states[--m_at]; }
    const T& goAhead() { return m_states[++m_at]; }

private:
    std::vector<T> m_states; // never empty
    std::size_t m_at = 0;
};

} // namespace stepscope
