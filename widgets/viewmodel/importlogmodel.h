#pragma once

#include "core/trace/trace.h"

#include <QAbstractTableModel>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace stepscope {

/// What was odd in the file of the open trace, a row for each kind with its first examples below it, and a
/// row for each place that could not be read. Errors first, then data loss, then what is worth knowing.
class ImportLogModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Severity, Count, What, Place, columnCountValue };
    enum Role {
        SeverityRole = Qt::UserRole, ///< int of ImportSeverity
        IsExampleRole,               ///< bool: belongs to the row above
        IsLinkRole,                  ///< bool: whether activating the row leads somewhere
    };
    /// More damaged places than this are counted in one row.
    static constexpr std::size_t mostPlaces = 20;

    explicit ImportLogModel(QObject* parent = nullptr);

    /// Null when none is open.
    void setTrace(std::shared_ptr<const Trace> trace);
    /// Kinds of oddities and damaged places, however many of these have a row.
    std::size_t entryCount() const;

    /// Where a row's example lies in the trace; nothing where that is not known, or where the trace shows no
    /// such time.
    std::optional<ImportPlace> placeAt(int row) const;
    /// Whether a row is about a part of the file that could not be read.
    bool isDamageAt(int row) const;
    /// The rows as lines of text, parted by tabs; all of them when `rows` is empty.
    QString textOf(const std::vector<int>& rows) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        enum class Kind { Entry, Example, Damage };

        Kind kind = Kind::Entry;
        ImportSeverity severity = ImportSeverity::Info;
        QString count;
        QString what;
        std::optional<ImportPlace> place;
    };

    void append(ImportSeverity severity);
    void appendDamage();
    std::optional<ImportPlace> shownPlace(const std::optional<ImportPlace>& place) const;
    QString placeText(const Row& row) const;
    QString text(const Row& row, int column) const;

    std::shared_ptr<const Trace> m_trace;
    std::vector<Row> m_rows;
};

} // namespace stepscope
