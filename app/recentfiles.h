#pragma once

#include "widgets/viewmodel/bannercontent.h"

#include <QDateTime>
#include <QObject>
#include <QString>

#include <vector>

class QSettings;

namespace stepscope {

struct RecentFile {
    QString path;    ///< absolute
    QString verdict; ///< "host-bound", as it was when the trace was opened
    VerdictTone tone = VerdictTone::Neutral;
    QDateTime opened;
};

/// The traces that were opened last, newest first, kept in the settings.
class RecentFiles : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t kept = 8;

    /// `store` must outlive this object.
    explicit RecentFiles(QSettings& store, QObject* parent = nullptr);

    const std::vector<RecentFile>& files() const { return m_files; }
    /// Puts the file on top; a file is listed once.
    void add(const RecentFile& file);
    void clear();

signals:
    void changed();

private:
    void load();
    void save();

    QSettings& m_store;
    std::vector<RecentFile> m_files;
};

} // namespace stepscope
