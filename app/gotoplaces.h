#pragma once

#include "widgets/viewmodel/gotomodel.h"

class QAction;

namespace stepscope {

class TracePage;

/// Where one can go from an open trace: its lanes, what `actions` do, and the kernels of the reference
/// device, those with most time first. What they do is for now: lanes and actions must still be there.
/// O(operations of the device).
std::vector<GoToPlace> goToPlaces(TracePage& page, const QList<QAction*>& actions);

} // namespace stepscope
