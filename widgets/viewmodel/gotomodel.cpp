#include "widgets/viewmodel/gotomodel.h"

#include <algorithm>
#include <array>

namespace stepscope {

namespace {

enum class Fit { Begins, WordBegins, Holds, No };

Fit fitOf(const GoToPlace& place, const QStringList& words)
{
    const bool holdsAll = std::all_of(words.begin(), words.end(), [&place](const QString& word) {
        return place.text.contains(word, Qt::CaseInsensitive) ||
               place.note.contains(word, Qt::CaseInsensitive) ||
               place.whole.contains(word, Qt::CaseInsensitive);
    });
    if (!holdsAll)
        return Fit::No;
    if (words.isEmpty() || place.text.startsWith(words.front(), Qt::CaseInsensitive))
        return Fit::Begins;
    for (qsizetype at = place.text.indexOf(words.front(), 0, Qt::CaseInsensitive); at > 0;
         at = place.text.indexOf(words.front(), at + 1, Qt::CaseInsensitive)) {
        if (!place.text[at - 1].isLetterOrNumber())
            return Fit::WordBegins;
    }
    return Fit::Holds;
}

} // namespace

void GoToModel::setPlaces(std::vector<GoToPlace> places)
{
    m_places = std::move(places);
    list();
}

void GoToModel::setFilter(const QString& text)
{
    m_words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    list();
}

void GoToModel::list()
{
    beginResetModel();
    std::array<std::vector<std::size_t>, 3> byFit;
    for (std::size_t place = 0; place < m_places.size(); ++place) {
        const Fit fit = fitOf(m_places[place], m_words);
        if (fit != Fit::No)
            byFit[static_cast<std::size_t>(fit)].push_back(place);
    }
    m_shown.clear();
    for (const std::vector<std::size_t>& places : byFit)
        m_shown.insert(m_shown.end(), places.begin(), places.end());
    m_matches = m_shown.size();
    m_shown.resize(std::min(m_matches, mostRows));
    endResetModel();
}

int GoToModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int GoToModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant GoToModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const GoToPlace& at = place(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Text ? at.text : at.note;
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignVCenter | (index.column() == Text ? Qt::AlignLeft : Qt::AlignRight));
    case Qt::ToolTipRole:
        return (at.whole.isEmpty() ? at.text : at.whole).toHtmlEscaped(); // a name is data, not HTML
    default:
        return {};
    }
}

} // namespace stepscope
