#pragma once

#include "core/trace/driverrecord.h"

#include <QString>

namespace stepscope {

/// What a loaded driver record says, in one line: "round.json · TPOT 6.21 ms · 2.11 tokens/step · 1 request
/// at a time". The numbers are those of DriverRecord::chosen().
QString driverRecordText(const DriverRecord& record);

/// What the line cannot hold: the rounds, the first failure, and what makes the TPOT too long.
QString driverRecordDetails(const DriverRecord& record);

} // namespace stepscope
