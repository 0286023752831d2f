#pragma once

#include "core/gates/assessment.h"

#include <QString>
#include <QStringList>

namespace stepscope {

/// What the colour of a verdict stands for.
enum class VerdictTone { Host, Comm, Kernel, Device, Neutral, Withheld };

/// What the verdict banner says of one snapshot, in words.
struct BannerContent {
    QString badge; ///< "HOST-BOUND"
    VerdictTone tone = VerdictTone::Neutral;
    QString headline;    ///< one sentence with its numbers
    QStringList details; ///< margin to flip, or what else withholds the verdict; devices that differ
    QString trust;       ///< "absolute busy % trusted"
    bool isTrusted = false;
    QString trustMeaning;
    QString tool; ///< what recorded the trace, and how graphs stand in it
};

/// Pure. Sentences of core/report, translated.
BannerContent bannerContent(const TraceIndex& index, const Assessment& assessment);
/// The same, with the class that is held while the window is dragged in place of the snapshot's own.
BannerContent bannerContent(const TraceIndex& index, const Assessment& assessment, VerdictClass shown);

VerdictTone verdictTone(VerdictClass verdict);

} // namespace stepscope
