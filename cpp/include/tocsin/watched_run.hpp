#pragma once

#include <functional>

#include "tocsin/run_control.hpp"

namespace tocsin {

/// Does long work of one piece, as reading a table or counting events, on a thread of its own, while the calling one
/// watches: it alone calls `control`, as in every long call. The library's own loops in the work look up now and then
/// and end when they are asked to; a loop of the caller's is not stopped by it.
/// @throws what the work throws; Cancelled if the control asks to stop
void run_watched(const RunControl& control, const std::function<void()>& work);

}  // namespace tocsin
