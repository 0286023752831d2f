#include "widgets/viewmodel/importlogmodel.h"

#include "core/report/damagetext.h"
#include "core/report/importtext.h"
#include "core/report/numbertext.h"
#include "core/report/printabletext.h"
#include "widgets/viewmodel/displaytext.h"

#include <QStringList>

#include <algorithm>
#include <numeric>

namespace stepscope {

namespace {

QString plainText(const std::string& text)
{
    return QString::fromStdString(printable(text));
}

/// The sentence of an entry, its examples made printable, without the count, which stands beside it.
QString entryText(ImportEntry entry)
{
    for (std::string& example : entry.examples)
        example = printable(example);
    QString text = displaytext::sentence(importSentence(entry));
    const QString count = QStringLiteral(": ") + QString::fromStdString(grouped(entry.count));
    if (entry.examples.empty() && text.endsWith(count))
        text.chop(count.size());
    return text;
}

} // namespace

ImportLogModel::ImportLogModel(QObject* parent) : QAbstractTableModel(parent) {}

void ImportLogModel::setTrace(std::shared_ptr<const Trace> trace)
{
    beginResetModel();
    m_trace = std::move(trace);
    m_rows.clear();
    if (m_trace) {
        append(ImportSeverity::Error);
        appendDamage();
        append(ImportSeverity::DataLoss);
        append(ImportSeverity::Info);
    }
    endResetModel();
}

void ImportLogModel::append(ImportSeverity severity)
{
    for (const ImportEntry& entry : m_trace->log().entries()) {
        if (severityOf(entry.code) != severity)
            continue;
        // A single example without a place stands in the sentence.
        const bool isOneLine = entry.examples.size() == 1 && !shownPlace(entry.places.front());
        ImportEntry head = entry;
        if (!isOneLine)
            head.examples.clear();
        m_rows.push_back({Row::Kind::Entry, severity, displaytext::count(entry.count), entryText(head), {}});
        for (std::size_t i = 0; !isOneLine && i < entry.examples.size(); ++i)
            m_rows.push_back({Row::Kind::Example,
                              severity,
                              {},
                              plainText(entry.examples[i]),
                              shownPlace(entry.places[i])});
    }
}

void ImportLogModel::appendDamage()
{
    const std::vector<DamagedPlace>& damage = m_trace->capture().damage;
    for (std::size_t i = 0; i < std::min(damage.size(), mostPlaces); ++i)
        m_rows.push_back({Row::Kind::Damage,
                          ImportSeverity::Error,
                          {},
                          displaytext::sentence(damageSentence(m_trace->capture(), damage[i])),
                          {}});
    if (damage.size() > mostPlaces)
        m_rows.push_back({Row::Kind::Damage,
                          ImportSeverity::Error,
                          displaytext::count(damage.size() - mostPlaces),
                          tr("Further damaged places"),
                          {}});
}

std::optional<ImportPlace> ImportLogModel::shownPlace(const std::optional<ImportPlace>& place) const
{
    const TimeRange extent = m_trace->extent();
    const bool isShown = place && extent.begin <= place->time && place->time <= extent.end;
    return isShown ? place : std::nullopt;
}

std::size_t ImportLogModel::entryCount() const
{
    return m_trace ? m_trace->log().entries().size() + m_trace->capture().damage.size() : 0;
}

std::optional<ImportPlace> ImportLogModel::placeAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[static_cast<std::size_t>(row)].place : std::nullopt;
}

bool ImportLogModel::isDamageAt(int row) const
{
    return row >= 0 && row < rowCount() && m_rows[static_cast<std::size_t>(row)].kind == Row::Kind::Damage;
}

QString ImportLogModel::textOf(const std::vector<int>& rows) const
{
    std::vector<int> chosen = rows;
    if (chosen.empty()) {
        chosen.resize(m_rows.size());
        std::iota(chosen.begin(), chosen.end(), 0);
    }
    QStringList lines;
    for (const int number : chosen) {
        const Row& row = m_rows[static_cast<std::size_t>(number)];
        QStringList cells{displaytext::core(importSeverityWord(row.severity)), row.count, row.what};
        if (row.place)
            cells += placeText(row);
        lines += cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

QString ImportLogModel::placeText(const Row& row) const
{
    if (row.kind == Row::Kind::Damage)
        return tr("what this means");
    if (!row.place)
        return {};
    const QString time =
        tr("at %1").arg(displaytext::position(row.place->time, m_trace->extent().duration()));
    if (!row.place->device.isValid())
        return time;
    return QStringLiteral("%1, %2").arg(time, displaytext::deviceName(*m_trace, row.place->device));
}

QString ImportLogModel::text(const Row& row, int column) const
{
    switch (column) {
    case Severity:
        return row.kind == Row::Kind::Example ? QString()
                                              : displaytext::core(importSeverityWord(row.severity));
    case Count:
        return row.count;
    case What:
        return row.what;
    case Place:
        return placeText(row);
    }
    return {};
}

int ImportLogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ImportLogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnCountValue;
}

QVariant ImportLogModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (index.column() == Count ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ToolTipRole:
        return displaytext::toolTip(row.what);
    case SeverityRole:
        return static_cast<int>(row.severity);
    case IsExampleRole:
        return row.kind == Row::Kind::Example;
    case IsLinkRole:
        return row.place.has_value() || row.kind == Row::Kind::Damage;
    default:
        return {};
    }
}

QVariant ImportLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Severity:
        return tr("severity");
    case Count:
        return tr("count");
    case What:
        return tr("what was met");
    case Place:
        return tr("place");
    }
    return {};
}

} // namespace stepscope
