#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace stepscope {

/// Where one can go by typing a part of its name: a lane, an action, a kernel.
struct GoToPlace {
    QString text;
    QString note;  ///< what it is: a group, a key
    QString whole; ///< a longer text that a tooltip shows; may be empty
    std::function<void()> go;
};

/// The places that a typed text is meant for, best first: a column of texts, one of notes. GUI thread only.
class GoToModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Text, Note, columns };

    using QAbstractTableModel::QAbstractTableModel;

    void setPlaces(std::vector<GoToPlace> places);
    /// Each word must be in one of its texts, whatever the case of letters. First come texts that begin with
    /// the first word, then those with a word that does, then the others, each in the order they were given
    /// in. At most `mostRows` are listed.
    void setFilter(const QString& text);
    const GoToPlace& place(int row) const { return m_places[m_shown[static_cast<std::size_t>(row)]]; }
    /// How many fit, listed or not.
    std::size_t matches() const { return m_matches; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    static constexpr std::size_t mostRows = 200;

private:
    void list();

    std::vector<GoToPlace> m_places;
    QStringList m_words;
    std::vector<std::size_t> m_shown;
    std::size_t m_matches = 0;
};

} // namespace stepscope
