#pragma once

#include "widgets/viewmodel/tracestate.h"

#include <QCoreApplication>
#include <QString>

#include <string>

namespace stepscope {

/// Keeps one TraceState a trace, as `<sha256>.json` in one folder. Files are replaced as a whole, so a reader
/// or a crash never meets half of one; a lock makes changes of several programs follow each other. A file
/// that cannot be used is put aside as `<sha256>.json.damaged` and never overwritten. Reads and writes one
/// small file a call, on the thread that calls.
class TraceStateStore {
    Q_DECLARE_TR_FUNCTIONS(TraceStateStore)

public:
    static constexpr qint64 largestFile = 1 << 20;
    /// Beyond that the traces that were left alone for the longest time are forgotten.
    static constexpr int mostFiles = 2000;

    /// What happened; `problem` is empty when all went well, else a sentence for the user.
    struct Read {
        TraceState state;
        QString problem;
    };

    struct Written {
        bool isDone = false;
        QString problem;
    };

    explicit TraceStateStore(const QString& folder) : m_folder(folder) {}
    /// In the user's data folder.
    static QString standardFolder();

    /// The kept state; an empty one for a trace that has none. `sha256` is 64 lower-case hex digits.
    Read read(const std::string& sha256) const;
    /// Puts `fields` of `state` into the file as it stands now: fields that others wrote stay.
    Written write(const std::string& sha256, TraceState::Fields fields, const TraceState& state) const;

    static bool isHash(const std::string& sha256);

private:
    QString pathOf(const std::string& sha256) const;
    QString putAside(const QString& path, const QString& why) const;
    void forgetOldest() const;

    QString m_folder;
};

} // namespace stepscope
