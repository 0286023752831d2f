#pragma once

#include "core/gates/assessment.h"

#include <QString>

#include <optional>
#include <vector>

namespace stepscope {

/// One source of the tokens per step.
struct TokensLine {
    QString source; ///< "server counters"
    QString how;    ///< "1 + accepted ÷ drafts"
    QString value;  ///< "2.11", or a dash
    QString remark; ///< "used", "within 1 to 4"
    bool isUsed = false;
};

/// What the reconcile panel says of the reference device, in words: two questions, and the tokens per step
/// that both rest on.
struct ReconcileContent {
    // Is the capture right?
    QString cadenceLabel; ///< "cadence, mean of 369 steps"
    QString cadence;      ///< "13.11 ms", or a dash
    QString tokens;
    QString predicted;
    QString tpotLabel; ///< "TPOT of the captured round"
    QString tpot;
    std::optional<double> error; ///< of the TPOT
    QString errorText;           ///< "+0.3 %"
    GateState captureState = GateState::Unknown;
    QString captureSentence; ///< what it means, or which factor is off

    std::vector<TokensLine> tokensLines;

    // Does it speak for the server?
    QString slowdown; ///< "1.02", or a dash
    GateState serverState = GateState::Unknown;
    QString serverSentence;
    double hostShare = 0.0;                     ///< of the traced step
    std::optional<RobustInterval> hostInterval; ///< without the profiler
    QString intervalSentence;
    QString betweenStepsSentence; ///< empty where it does not apply
    QString assumption;
};

/// Pure. Sentences of core/report, translated.
ReconcileContent reconcileContent(const Assessment& assessment);

} // namespace stepscope
