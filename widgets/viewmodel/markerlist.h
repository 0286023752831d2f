#pragma once

#include "core/base/time.h"

#include <QObject>
#include <QString>

#include <optional>
#include <vector>

namespace stepscope {

/// A place in the trace that the user marked, with a note or without.
struct Marker {
    TimePoint time{};
    QString note;

    friend bool operator==(const Marker&, const Marker&) = default;
};

/// The markers of the open trace, by time; no two at one time. Another trace starts without any. GUI thread
/// only.
class MarkerList : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t mostMarkers = 10'000; // more than anybody sets; bounds what is kept
    static constexpr qsizetype longestNote = 2000;     // characters

    explicit MarkerList(QObject* parent = nullptr) : QObject(parent) {}

    const std::vector<Marker>& markers() const { return m_markers; }
    /// All of them: of several at one time the first counts, notes that are too long are cut.
    void set(std::vector<Marker> markers);
    void clear() { set({}); }
    /// The note of the marker at `time`, which is made where there is none. Trimmed; may be empty.
    void setNote(TimePoint time, const QString& note);
    void remove(TimePoint time);

    /// The nearest within `reach`.
    std::optional<Marker> near(TimePoint time, Duration reach) const;
    std::optional<TimePoint> after(TimePoint time) const;
    std::optional<TimePoint> before(TimePoint time) const;

signals:
    void changed();

private:
    std::vector<Marker> m_markers;
};

} // namespace stepscope
