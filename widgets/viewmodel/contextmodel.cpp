#include "widgets/viewmodel/contextmodel.h"

#include "core/gates/statedcontext.h"
#include "widgets/viewmodel/contextfields.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QLocale>

#include <algorithm>
#include <optional>

namespace stepscope {

namespace {

constexpr quintptr groupLevel = 0; // an entry's id is the row of its group + 1

/// As the user writes numbers, or as files do. No grouping: "1,5" is not fifteen.
std::optional<double> numberIn(const QString& text)
{
    for (QLocale locale : {QLocale(), QLocale::c()}) {
        locale.setNumberOptions(QLocale::RejectGroupSeparator);
        bool isNumber = false;
        const double number = locale.toDouble(text.trimmed(), &isNumber);
        if (isNumber)
            return number;
    }
    return std::nullopt;
}

double defaultOf(const std::string& name)
{
    VerdictThresholds standard;
    return *thresholdOf(standard, name);
}

} // namespace

ContextModel::ContextModel(TraceDocument& document, QObject* parent)
    : QAbstractItemModel(parent), m_document(document)
{
    std::optional<ContextGroup> last;
    for (const ContextField& field : m_context.fields()) {
        if (last != field.group)
            m_groups.push_back({contextfields::groupName(field.group), {}});
        last = field.group;
        m_groups.back().entries.push_back({field.key, false});
    }
    m_groups.push_back({tr("Thresholds"), {}});
    for (const auto& [name, value] : thresholdValues(VerdictThresholds()))
        m_groups.back().entries.push_back({name, true});
    connect(&document, &TraceDocument::assessmentChanged, this, &ContextModel::refresh);
    refresh();
}

/// A dragged window changes nothing of it.
void ContextModel::refresh()
{
    const std::shared_ptr<const Assessment>& assessment = m_document.assessment();
    const MeasurementContext context = assessment ? assessment->context : MeasurementContext();
    const bool isOpen = assessment != nullptr;
    if (isOpen == m_isOpen && context == m_context && m_document.input() == m_input)
        return;
    m_isOpen = isOpen;
    m_context = context;
    m_input = m_document.input();
    m_refused.clear();
    for (int row = 0; row < rowCount(); ++row) {
        const QModelIndex group = index(row, Name);
        emit dataChanged(index(0, Name, group), index(rowCount(group) - 1, Note, group));
    }
}

QModelIndex ContextModel::valueOf(std::string_view key) const
{
    for (std::size_t group = 0; group < m_groups.size(); ++group) {
        const std::vector<Entry>& entries = m_groups[group].entries;
        const auto found = std::find_if(entries.begin(), entries.end(),
                                        [key](const Entry& entry) { return entry.key == key; });
        if (found != entries.end())
            return createIndex(static_cast<int>(found - entries.begin()), Value, quintptr{group + 1});
    }
    return {};
}

bool ContextModel::canConfirm(const QModelIndex& index) const
{
    const Entry* const entry = entryAt(index);
    return entry && isEditable(*entry) && stateOf(*entry) == RowState::Hint;
}

bool ContextModel::confirm(const QModelIndex& index)
{
    if (!canConfirm(index))
        return false;
    const Entry& entry = *entryAt(index);
    AssessmentInput input = m_document.input();
    stateField(input, entry.key, field(entry).value.value_or(std::string()));
    m_document.setInput(input);
    return true;
}

bool ContextModel::canClear(const QModelIndex& index) const
{
    const Entry* const entry = entryAt(index);
    return entry && isEditable(*entry) && stateOf(*entry) == RowState::Typed;
}

bool ContextModel::clear(const QModelIndex& index)
{
    if (!canClear(index))
        return false;
    const Entry& entry = *entryAt(index);
    AssessmentInput input = m_document.input();
    if (entry.isThreshold)
        *thresholdOf(input.thresholds, entry.key) = defaultOf(entry.key);
    else
        stateField(input, entry.key, {});
    m_document.setInput(input);
    return true;
}

QModelIndex ContextModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : groupLevel);
}

QModelIndex ContextModel::parent(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == groupLevel)
        return {};
    return createIndex(static_cast<int>(index.internalId() - 1), Name, groupLevel);
}

int ContextModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() != groupLevel || parent.column() != Name)
        return 0;
    return static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].entries.size());
}

int ContextModel::columnCount(const QModelIndex&) const
{
    return columnCountValue;
}

Qt::ItemFlags ContextModel::flags(const QModelIndex& index) const
{
    const Entry* const entry = entryAt(index);
    if (!entry)
        return index.isValid() ? Qt::ItemIsEnabled : Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (index.column() == Value && isEditable(*entry))
        flags |= Qt::ItemIsEditable;
    return flags;
}

QVariant ContextModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry* const entry = entryAt(index);
    if (!entry) {
        const Group& group = m_groups[static_cast<std::size_t>(index.row())];
        if (role == StateRole)
            return static_cast<int>(RowState::Group);
        return role == Qt::DisplayRole && index.column() == Name ? group.title : QVariant();
    }
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return text(*entry, index.column());
    case Qt::ToolTipRole:
        return toolTip(*entry);
    case Qt::WhatsThisRole:
    case Qt::AccessibleDescriptionRole:
        return entry->isThreshold ? contextfields::thresholdHelp(entry->key)
                                  : contextfields::help(entry->key);
    case StateRole:
        return static_cast<int>(stateOf(*entry));
    case KeyRole:
        return QString::fromStdString(entry->key);
    case UsualValuesRole:
        return usualValues(*entry);
    case IsWarningRole:
        return isWarning(*entry);
    default:
        return {};
    }
}

bool ContextModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const Entry* const entry = entryAt(index);
    if (role != Qt::EditRole || !entry || index.column() != Value || !isEditable(*entry))
        return false;
    const QString text = value.toString().simplified();
    if (text == this->text(*entry, Value)) {
        refuse(index, {}); // what was refused is gone
        return true;
    }
    return entry->isThreshold ? setThreshold(*entry, text) : setField(*entry, text);
}

bool ContextModel::setField(const Entry& entry, const QString& text)
{
    AssessmentInput input = m_document.input();
    stateField(input, entry.key, text.toStdString());
    m_document.setInput(input);
    return true;
}

bool ContextModel::setThreshold(const Entry& entry, const QString& text)
{
    const QModelIndex index = valueOf(entry.key);
    if (text.isEmpty()) {
        refuse(index, {});
        clear(index);
        return true;
    }
    const std::optional<double> number = numberIn(text);
    if (!number) {
        refuse(index, tr("\"%1\" is not a number. The threshold stays as it was.").arg(text));
        return false;
    }
    if (const std::optional<ThresholdFault> fault = thresholdFault(entry.key, *number)) {
        const QString why = *fault == ThresholdFault::BelowOne    ? tr("A slowdown is 1 or more, not %1.")
                            : *fault == ThresholdFault::NotAShare ? tr("A share lies from 0 to 1, not at %1.")
                                                                  : tr("%1 is not a finite number.");
        refuse(index, why.arg(text));
        return false;
    }
    AssessmentInput input = m_document.input();
    *thresholdOf(input.thresholds, entry.key) = *number;
    refuse(index, {});
    m_document.setInput(input);
    return true;
}

/// An empty reason takes back the last one.
void ContextModel::refuse(const QModelIndex& index, const QString& why)
{
    const Entry& entry = *entryAt(index);
    if (why.isEmpty() && !m_refused.contains(entry.key))
        return;
    if (why.isEmpty())
        m_refused.erase(entry.key);
    else
        m_refused[entry.key] = why;
    emit dataChanged(index.siblingAtColumn(Name), index.siblingAtColumn(Note));
}

const ContextModel::Entry* ContextModel::entryAt(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == groupLevel)
        return nullptr;
    const Group& group = m_groups[static_cast<std::size_t>(index.internalId() - 1)];
    return &group.entries[static_cast<std::size_t>(index.row())];
}

const ContextField& ContextModel::field(const Entry& entry) const
{
    return *m_context.find(entry.key);
}

double ContextModel::threshold(const Entry& entry) const
{
    VerdictThresholds thresholds = m_input.thresholds;
    return *thresholdOf(thresholds, entry.key);
}

bool ContextModel::isEditable(const Entry& entry) const
{
    return m_isOpen && (entry.isThreshold || isStatable(entry.key));
}

} // namespace stepscope
