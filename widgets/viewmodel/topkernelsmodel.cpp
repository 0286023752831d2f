#include "widgets/viewmodel/topkernelsmodel.h"

#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/kerneltable.h"
#include "widgets/viewmodel/kerneltext.h"
#include "widgets/viewmodel/spantext.h"

#include <QLocale>
#include <QMimeData>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace stepscope {

namespace {

constexpr qsizetype toolTipColumns = 96;

/// "312", "2.03", "<0.01": whole numbers without decimals.
QString frequency(double number)
{
    const QLocale locale;
    if (number == std::floor(number) || number >= 100.0)
        return locale.toString(number, 'f', 0);
    if (number < 0.005)
        return QLatin1Char('<') + locale.toString(0.01, 'f', 2);
    return locale.toString(number, 'f', number < 10.0 ? 2 : 1);
}

QString microseconds(double nanoseconds)
{
    const QLocale locale;
    if (nanoseconds > 0.0 && nanoseconds < 50.0)
        return QLatin1Char('<') + locale.toString(0.1, 'f', 1);
    return locale.toString(nanoseconds / 1e3, 'f', 1);
}

/// What one row is of. A copy's name is that of the first one in the window.
auto identity(const KernelRow& row)
{
    const bool isNamed = row.kind == ActivityKind::Kernel || row.kind == ActivityKind::GraphTrace;
    return std::tuple(row.kind, row.copy, isNamed ? row.name : NameId());
}

} // namespace

TopKernelsModel::TopKernelsModel(QObject* parent)
    : QAbstractTableModel(parent), m_job([this](const Shown& shown) { show(shown); })
{}

/// False when `progress` asked to stop.
bool TopKernelsModel::Shown::complete(Progress& progress)
{
    if (!kernels) {
        Result<KernelIndex> built = KernelIndex::build(*index, device(), progress);
        if (!built)
            return false;
        kernels = std::make_shared<const KernelIndex>(std::move(*built));
    }
    summary = std::make_shared<const KernelSummary>(kernels->of(assessment->analysis.window));
    order.resize(summary->rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
        return identity(summary->rows[a]) < identity(summary->rows[b]);
    });
    return true;
}

void TopKernelsModel::setAssessment(std::shared_ptr<const TraceIndex> index,
                                    std::shared_ptr<const Assessment> assessment)
{
    Shown wanted{std::move(index), std::move(assessment), nullptr, nullptr};
    if (!wanted.index || !wanted.assessment) {
        m_job.cancel();
        show({});
        return;
    }
    const bool isSameTrace = wanted.index == m_shown.index;
    if (isSameTrace && wanted.device() == m_shown.device()) {
        wanted.kernels = m_shown.kernels;
        if (m_shown.assessment->analysis.window == wanted.assessment->analysis.window)
            std::tie(wanted.summary, wanted.order) = std::tie(m_shown.summary, m_shown.order); // typed values
    }
    const std::size_t operations = wanted.index->trace().device(wanted.device()).activities.size();
    const bool isQuick = wanted.kernels ? wanted.kernels->names() <= m_mostAtOnce.names
                                        : operations <= m_mostAtOnce.operations;
    if (wanted.summary || isQuick) {
        m_job.cancel();
        NoProgress progress;
        if (wanted.summary || wanted.complete(progress))
            show(wanted);
        return;
    }
    if (!isSameTrace) { // the numbers of another trace must not stay
        m_job.cancel();
        show({});
    }
    m_job.request([wanted](Progress& progress) mutable -> std::optional<Shown> {
        return wanted.complete(progress) ? std::optional(wanted) : std::nullopt;
    });
    emit updated();
}

void TopKernelsModel::show(const Shown& shown)
{
    const bool hadSteps = m_shown.summary && m_shown.summary->steps > 0;
    const bool isReset =
        !m_shown.summary || !shown.summary || m_shown.index != shown.index || !hasSameNames(shown);
    if (isReset)
        beginResetModel();
    m_shown = shown;
    if (isReset) {
        endResetModel();
    } else {
        if (m_shown.size() > 0)
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCountValue - 1));
        if (hadSteps != (m_shown.summary->steps > 0))
            emit headerDataChanged(Qt::Horizontal, 0, columnCountValue - 1);
    }
    emit updated();
}

bool TopKernelsModel::hasSameNames(const Shown& other) const
{
    if (other.size() != m_shown.size())
        return false;
    for (std::size_t place = 0; place < m_shown.size(); ++place) {
        if (identity(other.row(place)) != identity(m_shown.row(place)))
            return false;
    }
    return true;
}

DeviceId TopKernelsModel::shownDevice() const
{
    return m_shown.device();
}

TimeRange TopKernelsModel::shownWindow() const
{
    return m_shown.assessment ? m_shown.assessment->analysis.window : TimeRange();
}

NameId TopKernelsModel::nameAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_shown.row(static_cast<std::size_t>(row)).name : NameId();
}

int TopKernelsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int TopKernelsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnCountValue;
}

QVariant TopKernelsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const KernelRow& row = m_shown.row(static_cast<std::size_t>(index.row()));
    const bool isRight = index.column() != Name && index.column() != Class;
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (isRight ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ToolTipRole:
        return displaytext::toolTip(toolTip(row));
    case RawValueRole:
        if (index.column() == Name || index.column() == Class)
            return text(row, index.column());
        return raw(row, index.column());
    case WholeNameRole:
        return wholeName(row);
    case TotalRole:
        return QVariant::fromValue<qlonglong>(row.total.count());
    case CountRole:
        return QVariant::fromValue<qulonglong>(row.count);
    default:
        return {};
    }
}

QVariant TopKernelsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCountValue)
        return {};
    const bool hasSteps = !m_shown.summary || m_shown.summary->steps > 0;
    if (role == Qt::TextAlignmentRole) {
        const bool isRight = section != Name && section != Class;
        return QVariant::fromValue(Qt::AlignVCenter | (isRight ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role == Qt::InitialSortOrderRole)
        return QVariant::fromValue(section == Name || section == Class ? Qt::AscendingOrder
                                                                       : Qt::DescendingOrder);
    if (role == Qt::DisplayRole) {
        switch (section) {
        case Name:
            return tr("kernel");
        case Class:
            return tr("class");
        case PerStep:
            return hasSteps ? tr("×/step") : tr("×");
        case TimePerStep:
            return hasSteps ? tr("µs/step") : tr("µs");
        case Share:
            return tr("%");
        case InGraph:
            return tr("graph");
        }
    }
    if (role == Qt::ToolTipRole || role == Qt::WhatsThisRole) {
        switch (section) {
        case Name:
            return tr("The kernel without return type, namespaces and parameters; copies by direction.");
        case Class:
            return tr("The family of the kernel, by the rules for names.");
        case PerStep:
            return hasSteps ? tr("Operations, divided by the number of steps.")
                            : tr("Operations in the window.");
        case TimePerStep:
            return hasSteps ? tr("Microseconds per step: the sum over all steps, divided by their number.")
                            : tr("Microseconds in the window, summed.");
        case Share:
            return tr(
                "Share of the summed time of all rows. Operations that run at the same time count each.");
        case InGraph:
            return tr("Whether it ran inside CUDA graph replays.");
        }
    }
    return {};
}

double TopKernelsModel::raw(const KernelRow& row, int column) const
{
    const KernelSummary& all = *m_shown.summary;
    const auto steps = static_cast<double>(std::max<std::size_t>(all.steps, 1));
    switch (column) {
    case PerStep:
        return static_cast<double>(row.count) / steps;
    case TimePerStep:
        return static_cast<double>(row.total.count()) / steps;
    case Share:
        return static_cast<double>(row.total.count()) /
               static_cast<double>(std::max<std::int64_t>(all.total.count(), 1));
    case InGraph:
        return static_cast<double>(row.inGraph) / static_cast<double>(std::max<std::uint64_t>(row.count, 1));
    }
    return 0.0;
}

QString TopKernelsModel::text(const KernelRow& row, int column) const
{
    switch (column) {
    case Name:
        return row.kind == ActivityKind::Kernel ? kerneltext::shortName(wholeName(row)) : wholeName(row);
    case Class:
        switch (row.kind) {
        case ActivityKind::Kernel:
            return kerneltext::className(row.kernelClass);
        case ActivityKind::GraphTrace:
            return tr("graph");
        case ActivityKind::Memcpy:
            return tr("copy");
        case ActivityKind::Memset:
            return tr("memset");
        }
        break;
    case PerStep:
        return frequency(raw(row, column));
    case TimePerStep:
        return microseconds(raw(row, column));
    case Share:
        return displaytext::percent(raw(row, column));
    case InGraph:
        return row.inGraph == 0 ? tr("no") : row.inGraph == row.count ? tr("yes") : tr("partly");
    }
    return {};
}

QString TopKernelsModel::wholeName(const KernelRow& row) const
{
    return spantext::text(kernelRowName(m_shown.index->trace(), row));
}

QString TopKernelsModel::toolTip(const KernelRow& row) const
{
    const KernelSummary& all = *m_shown.summary;
    QStringList lines{spantext::wrapped(wholeName(row), toolTipColumns)};
    if (row.kind == ActivityKind::Kernel)
        lines += tr("class: %1 (%2)")
                     .arg(kerneltext::className(row.kernelClass), kerneltext::classMeaning(row.kernelClass));
    if (row.kind == ActivityKind::GraphTrace)
        lines += tr("One span a replay: which kernels ran inside was not recorded.");
    lines += tr("%1 % of the summed GPU time").arg(displaytext::percent(raw(row, Share)));
    lines += tr("%1 operations in %2, %3 in all")
                 .arg(displaytext::count(row.count),
                      all.steps == 0 ? tr("the window")
                                     : displaytext::counted(all.steps, tr("1 step"), tr("%1 steps")),
                      displaytext::duration(row.total));
    lines += tr("mean %1, longest %2")
                 .arg(displaytext::duration(row.total / static_cast<std::int64_t>(row.count)),
                      displaytext::duration(row.longest));
    if (row.inGraph > 0 && row.inGraph < row.count)
        lines += tr("%1 of them inside CUDA graph replays").arg(displaytext::count(row.inGraph));
    return lines.join(QLatin1Char('\n'));
}

QStringList TopKernelsModel::mimeTypes() const
{
    return {QStringLiteral("text/plain"), QStringLiteral("text/html")};
}

QMimeData* TopKernelsModel::mimeData(const QModelIndexList& indexes) const
{
    std::vector<int> rows;
    for (const QModelIndex& index : indexes) {
        if (rows.empty() || rows.back() != index.row())
            rows.push_back(index.row());
    }
    return tableOf(rows);
}

QMimeData* TopKernelsModel::tableOf(std::span<const int> rows) const
{
    auto* const mime = new QMimeData;
    if (!m_shown.summary)
        return mime;
    std::vector<const KernelRow*> chosen;
    for (const int row : rows) {
        if (row >= 0 && row < rowCount())
            chosen.push_back(&m_shown.row(static_cast<std::size_t>(row)));
    }
    const KernelTable table = kernelTable(*m_shown.index, *m_shown.assessment, *m_shown.summary, chosen);
    mime->setText(QString::fromStdString(table.tabSeparated));
    mime->setHtml(QString::fromStdString(table.html));
    return mime;
}

} // namespace stepscope
