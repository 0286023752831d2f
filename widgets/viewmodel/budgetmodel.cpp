#include "widgets/viewmodel/budgetmodel.h"

#include "widgets/viewmodel/displaytext.h"

#include <algorithm>

namespace stepscope {

BudgetModel::BudgetModel(QObject* parent) : QAbstractTableModel(parent) {}

void BudgetModel::setAssessment(std::shared_ptr<const TraceIndex> index,
                                std::shared_ptr<const Assessment> assessment)
{
    std::vector<Row> rows;
    bool isGraphLevel = false;
    if (index && assessment) {
        isGraphLevel = index->device(assessment->reference).occupancy.isGraphLevel();
        rows = rowsOf(assessment->referenceWindow().budget, isGraphLevel);
    }
    const bool hasSameRows =
        rows.size() == m_rows.size() &&
        std::equal(rows.begin(), rows.end(), m_rows.begin(),
                   [](const Row& a, const Row& b) { return a.mark == b.mark && a.timeClass == b.timeClass; });
    if (!hasSameRows)
        beginResetModel();
    m_index = std::move(index);
    m_assessment = std::move(assessment);
    m_isGraphLevel = isGraphLevel;
    m_rows = std::move(rows);
    if (!hasSameRows)
        endResetModel();
    else if (!m_rows.empty())
        emit dataChanged(this->index(0, 0), this->index(rowCount() - 1, columnCountValue - 1));
}

std::vector<BudgetModel::Row> BudgetModel::rowsOf(const StepBudget& budget, bool isGraphLevel)
{
    std::vector<Row> rows;
    const auto addClass = [&](TimeClass timeClass, bool isAlwaysShown) {
        const BudgetLine& line = budget.of(timeClass);
        if (isAlwaysShown || line.total > Duration::zero())
            rows.push_back({PlainRow, timeClass, line, false});
    };
    rows.push_back({BusyRow, std::nullopt, budget.busy, false});
    addClass(TimeClass::GraphOpaque, false);
    addClass(TimeClass::Compute, true);
    addClass(TimeClass::ExposedComm, true);
    addClass(TimeClass::ExposedMemory, true);
    if (isGraphLevel) {
        for (Row& row : rows) {
            const bool isKernels =
                row.timeClass == TimeClass::Compute || row.timeClass == TimeClass::ExposedComm;
            row.isUnknown = isKernels && row.line.total == Duration::zero();
        }
    }
    rows.push_back({HostRow, std::nullopt, budget.host, false});
    for (const TimeClass timeClass : allTimeClasses) {
        if (isHost(timeClass))
            addClass(timeClass, false);
    }
    if (budget.otherIdle.total > Duration::zero())
        rows.push_back({OtherIdleRow, std::nullopt, budget.otherIdle, false});
    for (const TimeClass timeClass : allTimeClasses) {
        if (!isBusy(timeClass) && !isHost(timeClass))
            addClass(timeClass, false);
    }
    rows.push_back({CadenceRow, std::nullopt, budget.cadence, false});
    return rows;
}

int BudgetModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int BudgetModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnCountValue;
}

QVariant BudgetModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Name ? name(row) : text(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (index.column() == Name ? Qt::AlignLeft : Qt::AlignRight));
    case Qt::ToolTipRole:
        return displaytext::toolTip(toolTip(row, index.column()));
    case RawValueRole: {
        const std::optional<double> raw = value(row, index.column());
        return raw ? QVariant(*raw) : QVariant();
    }
    case LevelRole:
        return row.timeClass ? 1 : 0;
    case MarkRole:
        return row.mark;
    case ClassRole:
        return row.timeClass ? QVariant(static_cast<int>(*row.timeClass)) : QVariant();
    case TotalRole:
        return QVariant::fromValue<qlonglong>(row.line.total.count());
    default:
        return {};
    }
}

QVariant BudgetModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCountValue)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (section == Name ? Qt::AlignLeft : Qt::AlignRight));
    if (role == Qt::DisplayRole) {
        switch (section) {
        case Name:
            return tr("per step");
        case PerStep:
            return tr("ms");
        case Share:
            return tr("% step");
        case PerToken:
            return tr("ms/token");
        case Percentile90:
            return tr("p90");
        }
    }
    if (role == Qt::ToolTipRole || role == Qt::WhatsThisRole) {
        switch (section) {
        case Name:
            return tr("The clean steps of the window; every nanosecond of them is in exactly one row.");
        case PerStep:
            return tr("Milliseconds per step: the sum over all steps, divided by their number.");
        case Share:
            return tr("Share of the summed steps.");
        case PerToken:
            return tr("Milliseconds per step divided by tokens per step.");
        case Percentile90:
            return tr("Milliseconds: nine of ten steps spend no more than this.");
        }
    }
    return {};
}

std::optional<double> BudgetModel::value(const Row& row, int column) const
{
    if (row.isUnknown || column == Name || budget().steps == 0)
        return std::nullopt;
    const double mean = static_cast<double>(row.line.total.count()) / static_cast<double>(budget().steps);
    switch (column) {
    case PerStep:
        return mean;
    case Share:
        return budget().share(row.line.total);
    case PerToken:
        if (const std::optional<double> tokens = m_assessment->input.driver.tokens(); tokens && *tokens > 0.0)
            return mean / *tokens;
        return std::nullopt;
    case Percentile90:
        return static_cast<double>(row.line.percentile(0.90).count());
    }
    return std::nullopt;
}

QString BudgetModel::text(const Row& row, int column) const
{
    if (row.isUnknown)
        return column == PerToken && !m_assessment->input.driver.tokens() ? QStringLiteral("—") : tr("n/a");
    const std::optional<double> raw = value(row, column);
    if (!raw)
        return QStringLiteral("—");
    return column == Share ? displaytext::percent(*raw) : displaytext::milliseconds(*raw, decimals());
}

int BudgetModel::decimals() const
{
    // Four digits for the step: "6.088", "13.10".
    return budget().steps > 0 && budget().cadence.total < std::chrono::milliseconds(10) * budget().steps ? 3
                                                                                                         : 2;
}

QString BudgetModel::name(const Row& row) const
{
    if (row.timeClass)
        return displaytext::className(*row.timeClass);
    switch (row.mark) {
    case BusyRow:
        return m_isGraphLevel ? tr("GPU busy, at most") : tr("GPU busy");
    case HostRow:
        return m_isGraphLevel ? tr("Host idle, at least") : tr("Host idle");
    case OtherIdleRow:
        return tr("Other idle");
    default:
        return tr("Step cadence (mean)");
    }
}

QString BudgetModel::toolTip(const Row& row, int column) const
{
    if (column == PerToken && !m_assessment->input.driver.tokens())
        return tr("enter TPOT and tokens per step");
    if (row.isUnknown) {
        return tr("n/a: not recorded. This capture holds each graph replay as one span, "
                  "so what ran inside is unknown. Capture at node level to see it.");
    }
    if (row.timeClass) {
        QString meaning = displaytext::classMeaning(*row.timeClass);
        if (m_isGraphLevel && *row.timeClass <= TimeClass::ExposedMemory)
            meaning += QLatin1Char(' ') + tr("Outside graphs only: inside them it was not recorded.");
        const Duration hidden = budget().hiddenComm.total;
        if (row.timeClass == TimeClass::ExposedComm && hidden > Duration::zero() && budget().steps > 0) {
            meaning += QLatin1Char(' ') +
                       tr("A further %1 ms a step ran hidden behind compute and is counted there.")
                           .arg(displaytext::milliseconds(static_cast<double>(hidden.count()) /
                                                              static_cast<double>(budget().steps),
                                                          decimals()));
        }
        return meaning;
    }
    switch (row.mark) {
    case BusyRow:
        return m_isGraphLevel
                   ? tr("The GPU was doing something: kernels, graph replays and copies, each nanosecond "
                        "once. "
                        "An upper bound: replays recorded as one span hide the pauses inside them.")
                   : tr("The GPU was doing something: kernels, graph replays and copies, each nanosecond "
                        "once.");
    case HostRow:
        return tr("The GPU had nothing to do because the host had not yet launched what comes next; the rows "
                  "below say what the host was doing.");
    case OtherIdleRow:
        return tr("The GPU was doing nothing, and the host was not what it waited for.");
    default:
        return tr("From the start of one step to the start of the next.");
    }
}

} // namespace stepscope
