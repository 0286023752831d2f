#include "core/report/gatetext.h"
#include "core/report/verdicttext.h"
#include "tests/truth/h100rounds/h100captures.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace stepscope;

namespace {

/// What the user knows of the driver. Both: the clean and the profiled round.
enum class Rounds { None, Clean, Both };

struct RoundsRow {
    const char* file;
    Rounds rounds;
    GateState reconciles; ///< gate 3
    double slowdown;      ///< ρ against the clean round, or none
    VerdictClass verdict; ///< for the automatic window
};

constexpr double none = 0.0;

// From ground_truth.json and definitions.md §6–9: cadence and shares of the automatic window as `budget`
// gives them without a TPOT, everything else worked out apart from the program.
const RoundsRow roundsRows[] = {
    {"a10_gpu_events_cut_edited.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::Withheld},
    {"a1_eager.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::HostBound},
    {"a1_eager.json.gz", Rounds::Clean, GateState::Warn, 1.185, VerdictClass::HostBound},
    {"a1_eager.json.gz", Rounds::Both, GateState::Warn, 1.185, VerdictClass::HostBound},
    {"a2_graph_hostbound.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::HostBound},
    {"a2_graph_hostbound.json.gz", Rounds::Clean, GateState::Warn, 1.149, VerdictClass::HostBound},
    {"a2_graph_hostbound.json.gz", Rounds::Both, GateState::Warn, 1.149, VerdictClass::HostBound},
    {"a2b_graph_hostbound_plain.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::HostBound},
    {"a2b_graph_hostbound_plain.json.gz", Rounds::Clean, GateState::Warn, 1.154, VerdictClass::HostBound},
    {"a2b_graph_hostbound_plain.json.gz", Rounds::Both, GateState::Warn, 1.154, VerdictClass::HostBound},
    {"a3_graph_kernelbound.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::KernelBound},
    {"a3_graph_kernelbound.json.gz", Rounds::Clean, GateState::Warn, 1.251, VerdictClass::KernelBound},
    {"a3_graph_kernelbound.json.gz", Rounds::Both, GateState::Warn, 1.251, VerdictClass::KernelBound},
    {"a4_specdecode_k3.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::NeedsLowOverhead},
    {"a4_specdecode_k3.json.gz", Rounds::Clean, GateState::Warn, 1.102, VerdictClass::MixedLeaningHost},
    {"a4_specdecode_k3.json.gz", Rounds::Both, GateState::Warn, 1.102, VerdictClass::MixedLeaningHost},
    {"a5_contaminated.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::HostBound},
    {"a5_contaminated.json.gz", Rounds::Clean, GateState::Warn, 1.150, VerdictClass::HostBound},
    {"a5_contaminated.json.gz", Rounds::Both, GateState::Warn, 1.150, VerdictClass::HostBound},
    {"a6_load_copies_only.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::Withheld},
    {"a6c_warmup_capture.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::Withheld},
    {"a7_truncated_gzip.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::HostBound},
    {"a7b_truncated_json.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::HostBound},
    {"a8_eager_stacks_shapes.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::Withheld},
    {"a8_eager_stacks_shapes.json.gz", Rounds::Clean, GateState::Warn, 1.248, VerdictClass::Withheld},
    {"a8_eager_stacks_shapes.json.gz", Rounds::Both, GateState::Warn, 1.248, VerdictClass::Withheld},
    {"a8b_graph_stacks_shapes.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::HostBound},
    {"a8b_graph_stacks_shapes.json.gz", Rounds::Clean, GateState::Warn, 1.471, VerdictClass::HostBound},
    {"a8b_graph_stacks_shapes.json.gz", Rounds::Both, GateState::Warn, 1.471, VerdictClass::HostBound},
    {"a9_comm_eager_rank0.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::CommBound},
    {"a9_comm_eager_rank0.json.gz", Rounds::Clean, GateState::Pass, 1.001, VerdictClass::CommBound},
    {"a9_comm_eager_rank1.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::CommBound},
    {"a9_comm_eager_rank1.json.gz", Rounds::Clean, GateState::Pass, 1.001, VerdictClass::CommBound},
    {"a9_comm_graph_rank0.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::CommBound},
    {"a9_comm_graph_rank0.json.gz", Rounds::Clean, GateState::Pass, 0.998, VerdictClass::CommBound},
    {"a9_comm_graph_rank1.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::CommBound},
    {"a9_comm_graph_rank1.json.gz", Rounds::Clean, GateState::Pass, 0.998, VerdictClass::CommBound},
    {"a9w1_world1_premul.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::NeedsLowOverhead},
    {"a9w1_world1_premul.json.gz", Rounds::Clean, GateState::Warn, 1.435, VerdictClass::NeedsLowOverhead},
    {"a9w1_world1_premul.json.gz", Rounds::Both, GateState::Warn, 1.435, VerdictClass::NeedsLowOverhead},
    {"b1_async_gpubound.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::KernelBound},
    {"b1_async_gpubound.json.gz", Rounds::Clean, GateState::Pass, 1.013, VerdictClass::KernelBound},
    {"b1_async_gpubound.json.gz", Rounds::Both, GateState::Pass, 1.013, VerdictClass::KernelBound},
    {"b1_async_gpubound_graphlevel.sqlite", Rounds::None, GateState::Unknown, none,
     VerdictClass::KernelBound},
    {"b1_async_gpubound_graphlevel.sqlite", Rounds::Clean, GateState::Pass, 0.995, VerdictClass::KernelBound},
    {"b1_async_gpubound_graphlevel.sqlite", Rounds::Both, GateState::Pass, 0.995, VerdictClass::KernelBound},
    {"b3_async_hostbound.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::HostBound},
    {"b3_async_hostbound.json.gz", Rounds::Clean, GateState::Warn, 1.186, VerdictClass::HostBound},
    {"b3_async_hostbound.json.gz", Rounds::Both, GateState::Warn, 1.186, VerdictClass::HostBound},
    {"b3_async_hostbound_graphlevel.sqlite", Rounds::None, GateState::Unknown, none, VerdictClass::HostBound},
    {"b3_async_hostbound_graphlevel.sqlite", Rounds::Clean, GateState::Pass, 0.995, VerdictClass::HostBound},
    {"b3_async_hostbound_graphlevel.sqlite", Rounds::Both, GateState::Pass, 0.995, VerdictClass::HostBound},
    {"b3_async_hostbound_nodelevel.sqlite", Rounds::None, GateState::Unknown, none, VerdictClass::HostBound},
    {"b3_async_hostbound_nodelevel.sqlite", Rounds::Clean, GateState::Pass, 1.078, VerdictClass::HostBound},
    {"b3_async_hostbound_nodelevel.sqlite", Rounds::Both, GateState::Pass, 1.078, VerdictClass::HostBound},
    {"b4_piecewise_hostbound.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::HostBound},
    {"b4_piecewise_hostbound.json.gz", Rounds::Clean, GateState::Warn, 1.256, VerdictClass::HostBound},
    {"b4_piecewise_hostbound.json.gz", Rounds::Both, GateState::Warn, 1.256, VerdictClass::HostBound},
    {"b4_piecewise_hostbound_graphlevel.sqlite", Rounds::None, GateState::Unknown, none,
     VerdictClass::HostBound},
    {"b4_piecewise_hostbound_graphlevel.sqlite", Rounds::Clean, GateState::Warn, 1.172,
     VerdictClass::HostBound},
    {"b4_piecewise_hostbound_graphlevel.sqlite", Rounds::Both, GateState::Warn, 1.172,
     VerdictClass::HostBound},
    {"b4_piecewise_hostbound_nodelevel.sqlite", Rounds::None, GateState::Unknown, none,
     VerdictClass::HostBound},
    {"b4_piecewise_hostbound_nodelevel.sqlite", Rounds::Clean, GateState::Warn, 1.129,
     VerdictClass::HostBound},
    {"b4_piecewise_hostbound_nodelevel.sqlite", Rounds::Both, GateState::Warn, 1.129,
     VerdictClass::HostBound},
    {"b4b_piecewise_balanced_graphlevel.sqlite", Rounds::None, GateState::Unknown, none,
     VerdictClass::Balanced},
    {"b4b_piecewise_balanced_graphlevel.sqlite", Rounds::Clean, GateState::Pass, 1.093,
     VerdictClass::Balanced},
    {"b4b_piecewise_balanced_graphlevel.sqlite", Rounds::Both, GateState::Pass, 1.093,
     VerdictClass::Balanced},
    {"b6_async_messy_long.json.gz", Rounds::None, GateState::Unknown, none, VerdictClass::HostBound},
    {"b6_async_messy_long.json.gz", Rounds::Clean, GateState::Warn, 1.117, VerdictClass::HostBound},
    {"b6_async_messy_long.json.gz", Rounds::Both, GateState::Warn, 1.117, VerdictClass::HostBound},
    {"c1_eager.sqlite", Rounds::None, GateState::Unknown, none, VerdictClass::HostBound},
    {"c1_eager.sqlite", Rounds::Clean, GateState::Warn, 1.259, VerdictClass::HostBound},
    {"c1_eager.sqlite", Rounds::Both, GateState::Warn, 1.259, VerdictClass::HostBound},
    {"c2_graph_hostbound_graphlevel.sqlite", Rounds::None, GateState::Unknown, none, VerdictClass::HostBound},
    {"c2_graph_hostbound_graphlevel.sqlite", Rounds::Clean, GateState::Pass, 1.012, VerdictClass::HostBound},
    {"c2_graph_hostbound_graphlevel.sqlite", Rounds::Both, GateState::Pass, 1.012, VerdictClass::HostBound},
    {"c2_graph_hostbound_nodelevel.sqlite", Rounds::None, GateState::Unknown, none, VerdictClass::HostBound},
    {"c2_graph_hostbound_nodelevel.sqlite", Rounds::Clean, GateState::Warn, 1.152, VerdictClass::HostBound},
    {"c2_graph_hostbound_nodelevel.sqlite", Rounds::Both, GateState::Warn, 1.152, VerdictClass::HostBound},
    {"c3_graph_kernelbound_graphlevel.sqlite", Rounds::None, GateState::Unknown, none,
     VerdictClass::KernelBound},
    {"c3_graph_kernelbound_graphlevel.sqlite", Rounds::Clean, GateState::Pass, 1.003,
     VerdictClass::KernelBound},
    {"c3_graph_kernelbound_graphlevel.sqlite", Rounds::Both, GateState::Pass, 1.003,
     VerdictClass::KernelBound},
    {"c3_graph_kernelbound_nodelevel.sqlite", Rounds::None, GateState::Unknown, none,
     VerdictClass::KernelBound},
    {"c3_graph_kernelbound_nodelevel.sqlite", Rounds::Clean, GateState::Pass, 1.075,
     VerdictClass::KernelBound},
    {"c3_graph_kernelbound_nodelevel.sqlite", Rounds::Both, GateState::Pass, 1.075,
     VerdictClass::KernelBound},
    {"c4_specdecode_k3_graphlevel.sqlite", Rounds::None, GateState::Unknown, none,
     VerdictClass::MixedLeaningHost},
    {"c4_specdecode_k3_graphlevel.sqlite", Rounds::Clean, GateState::Pass, 1.067,
     VerdictClass::MixedLeaningHost},
    {"c4_specdecode_k3_graphlevel.sqlite", Rounds::Both, GateState::Pass, 1.067,
     VerdictClass::MixedLeaningHost},
    {"c4_specdecode_k3_nodelevel.sqlite", Rounds::None, GateState::Unknown, none,
     VerdictClass::MixedLeaningHost},
    {"c4_specdecode_k3_nodelevel.sqlite", Rounds::Clean, GateState::Pass, 1.072,
     VerdictClass::MixedLeaningHost},
    {"c4_specdecode_k3_nodelevel.sqlite", Rounds::Both, GateState::Pass, 1.072,
     VerdictClass::MixedLeaningHost},
    {"c5_contaminated_graphlevel.sqlite", Rounds::None, GateState::Unknown, none, VerdictClass::HostBound},
    {"c5_contaminated_graphlevel.sqlite", Rounds::Clean, GateState::Pass, 1.000, VerdictClass::HostBound},
    {"c5_contaminated_graphlevel.sqlite", Rounds::Both, GateState::Pass, 1.000, VerdictClass::HostBound},
    {"c6_load_copies_only.sqlite", Rounds::None, GateState::Unknown, none, VerdictClass::Withheld},
    {"c7_truncated.sqlite", Rounds::None, GateState::Unknown, none, VerdictClass::Withheld},
    {"c9_comm_eager_rank0.sqlite", Rounds::None, GateState::Unknown, none, VerdictClass::CommBound},
    {"c9_comm_eager_rank0.sqlite", Rounds::Clean, GateState::Pass, 1.005, VerdictClass::CommBound},
    {"c9_comm_graph_rank0.sqlite", Rounds::None, GateState::Unknown, none, VerdictClass::CommBound},
    {"c9_comm_graph_rank0.sqlite", Rounds::Clean, GateState::Pass, 1.000, VerdictClass::CommBound},
    {"c9_comm_graph_rank1.sqlite", Rounds::None, GateState::Unknown, none, VerdictClass::CommBound},
    {"c9_comm_graph_rank1.sqlite", Rounds::Clean, GateState::Pass, 1.000, VerdictClass::CommBound},
};

const char* roundsName(Rounds rounds)
{
    switch (rounds) {
    case Rounds::None:
        return "no TPOT";
    case Rounds::Clean:
        return "clean round";
    case Rounds::Both:
        return "both rounds";
    }
    return "";
}

} // namespace

/// Gate 3, the slowdown and the verdict of each real capture, with what a user may know of its rounds.
class TestH100Rounds : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (!H100Captures::exist())
            QSKIP("the H100 captures (../shared/traces/h100) are not on this machine");
        m_captures.load();
    }

    void rounds_data()
    {
        QTest::addColumn<int>("row");
        for (int i = 0; i < static_cast<int>(std::size(roundsRows)); ++i)
            QTest::addRow("%s, %s", roundsRows[i].file, roundsName(roundsRows[i].rounds)) << i;
    }
    void rounds()
    {
        QFETCH(int, row);
        const RoundsRow& wanted = roundsRows[row];
        const std::shared_ptr<const TraceIndex> index = m_captures.open(wanted.file);
        QVERIFY(index);
        const DeviceId device = index->referenceDevice();
        AssessmentInput input;
        input.driver =
            m_captures.rounds(wanted.file, wanted.rounds != Rounds::None, wanted.rounds == Rounds::Both);
        const Assessment assessment = assessWindow(*index, index->automaticWindow(device), device, input);
        const GateResult& gate =
            assessment.referenceGates()[static_cast<std::size_t>(GateId::ReconcilesWithTpot)];
        QVERIFY2(gate.state == wanted.reconciles, (std::string(gateStateWord(gate.state)) + ": " +
                                                   evidenceSentence(*decidingEvidence(gate)).english())
                                                      .c_str());
        const std::optional<double> slowdown = assessment.referenceReconciliation().slowdown;
        QCOMPARE(slowdown.has_value(), wanted.slowdown != none);
        QVERIFY2(std::abs(slowdown.value_or(none) - wanted.slowdown) <= 0.0005 + 1e-9,
                 qPrintable(QString::number(slowdown.value_or(none), 'f', 4)));
        const VerdictClass verdict = assessment.referenceVerdict().verdict;
        QVERIFY2(verdict == wanted.verdict, verdictWord(verdict));
    }

    /// The table leaves no file out that opens, and no round that the truth tells.
    void everyFile()
    {
        for (const std::string& name : m_captures.names()) {
            const auto count = std::count_if(std::begin(roundsRows), std::end(roundsRows),
                                             [&](const RoundsRow& row) { return row.file == name; });
            const DriverNumbers driver = m_captures.rounds(name, true, true);
            const std::ptrdiff_t known =
                1 + (driver.clean.tpotMilliseconds ? 1 : 0) + (driver.profiled.tpotMilliseconds ? 1 : 0);
            const bool isInTable = count == known;
            QVERIFY2(isInTable || (count == 0 && !m_captures.open(name)), name.c_str());
        }
    }

private:
    H100Captures m_captures;
};

QTEST_APPLESS_MAIN(TestH100Rounds)
#include "tst_h100rounds.moc"
