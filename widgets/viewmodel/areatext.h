#pragma once

#include "widgets/viewmodel/areafigures.h"
#include "widgets/viewmodel/spandetails.h"

#include <QString>

#include <vector>

/// What is said of an area: plain text.
namespace stepscope::areatext {

/// "4.21 ms"
QString length(const AreaRef& area);
/// "12.3012 – 12.3054 s · 5 lanes"
QString place(const AreaRef& area);
/// Count, sums, busy time, spread: a line for each.
std::vector<SpanDetail> figures(const AreaNumbers& numbers);
/// A line for each lane that shows spans.
std::vector<SpanDetail> lanes(const AreaNumbers& numbers);
/// The names with most time, each a link to its longest span.
std::vector<SpanDetail> names(const AreaNumbers& numbers);
/// "10 of 214 names"; "3 names" where all are listed.
QString namesListed(const AreaNumbers& numbers);
/// All of it with exact times, and what it was measured on.
QString whole(const AreaNumbers& numbers);

SpanRef spanRefOf(const AreaSpan& span);

} // namespace stepscope::areatext
