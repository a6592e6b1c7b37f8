#pragma once

#include <ostream>

#include "tocsin/panel.hpp"
#include "tocsin/run_control.hpp"

namespace tocsin {

/// The rows of `CountPanel::to_table` as CSV, which `read_counts` reads back into the same panel: `date`, `source` and
/// `target` (`actor_1` and `actor_2` where counts have no direction), the signals, the extra columns that are
/// collected, `exposure` and `total`. What was not collected is empty.
///
/// @param control  `progress` counts rows
/// @throws Error      if writing fails
/// @throws Cancelled  if the control asks to stop
void write_counts(const CountPanel& panel, std::ostream& out, const RunControl& control = {});

}  // namespace tocsin
