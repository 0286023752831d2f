#pragma once

#include "core/gates/assessment.h"
#include "core/gates/ceilingtable.h"

#include <QAbstractItemModel>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stepscope {

class TraceDocument;

/// The measurement context to read and to edit: every field below its group, then the thresholds of the
/// verdict. A change goes to the document at once; what the document says comes back. The rows are always the
/// same; without a trace all is unknown and nothing can be edited. Values are data: plain text.
class ContextModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { Name, Value, Source, Note, columnCountValue };
    enum Role {
        StateRole = Qt::UserRole, ///< int: a RowState
        KeyRole,                  ///< QString: "tp", for a threshold its name; empty for a group
        UsualValuesRole,          ///< QStringList: what to offer beside typing
        IsWarningRole,            ///< bool: the note says what is wrong
    };
    enum class RowState {
        Group,
        Missing,  ///< required, and unknown
        Unknown,  ///< not required
        Hint,     ///< likely: the user may confirm it
        Filled,   ///< from another source than the user
        Typed,    ///< also a changed threshold
        Standard, ///< a threshold as it is by default
    };

    /// The document must outlive the model.
    explicit ContextModel(TraceDocument& document, QObject* parent = nullptr);

    const MeasurementContext& context() const { return m_context; }
    /// The value cell of a field or a threshold; invalid for a key that there is not.
    QModelIndex valueOf(std::string_view key) const;

    /// Whether the row holds a hint; confirm() then states its value.
    bool canConfirm(const QModelIndex& index) const;
    bool confirm(const QModelIndex& index);
    /// Whether something was typed there; clear() takes it back, so that other sources or the default hold.
    bool canClear(const QModelIndex& index) const;
    bool clear(const QModelIndex& index);

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    /// A field takes any text; an empty one clears it. A threshold takes a number in the user's or the C
    /// locale; false for one that it cannot be, and the row says why. A value that is there already stays as
    /// it is: a hint is confirmed by confirm() alone.
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;

private:
    struct Entry {
        std::string key;
        bool isThreshold = false;
    };
    struct Group {
        QString title;
        std::vector<Entry> entries;
    };

    void refresh();
    const Entry* entryAt(const QModelIndex& index) const;
    const ContextField& field(const Entry& entry) const;
    double threshold(const Entry& entry) const;
    bool isEditable(const Entry& entry) const;
    bool setField(const Entry& entry, const QString& text);
    bool setThreshold(const Entry& entry, const QString& text);
    void refuse(const QModelIndex& index, const QString& why);

    RowState stateOf(const Entry& entry) const;
    QString text(const Entry& entry, int column) const;
    QString sourceText(const Entry& entry) const;
    QString note(const Entry& entry) const;
    QString fieldNote(const ContextField& field) const;
    bool isWarning(const Entry& entry) const;
    QString toolTip(const Entry& entry) const;
    QStringList usualValues(const Entry& entry) const;

    TraceDocument& m_document;
    CeilingTable m_ceilings = CeilingTable::standard();
    std::vector<Group> m_groups;
    MeasurementContext m_context;
    AssessmentInput m_input;
    bool m_isOpen = false;
    std::map<std::string, QString, std::less<>> m_refused; ///< why a row did not take what was typed
};

} // namespace stepscope
