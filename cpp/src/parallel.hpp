#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>
#include <vector>

#include "tocsin/run_control.hpp"

namespace tocsin {

/// Number of workers for `asked` (0: one per core) and so many items.
[[nodiscard]] std::size_t worker_count(int asked, std::size_t items);

/// @throws Cancelled if the control asks to stop
void stop_if_asked(const RunControl& control);

/// Does item i. Long work looks at `is_stopping` now and then and returns early; what it leaves behind is thrown away.
using Work = std::function<void(std::size_t i, const std::atomic<bool>& is_stopping)>;

/// Does the work of every i < items on a few threads that end before the call returns.
///
/// The calling thread only watches: it alone calls `control`, so a language binding may do there what it must do on its
/// own thread.
/// @throws the exception of the smallest failing i; Cancelled if the control asks to stop
void parallel_for(std::size_t items, int threads, const Work& work, const RunControl& control);

/// For loops of long work that may have been started by `run_watched`.
/// @throws Cancelled if that was asked to stop
void end_if_stopping();

/// The same, and tells whoever watches how much is done.
void end_if_stopping(std::size_t done, std::size_t all);

/// How many rows of a table a loop may take between two looks.
inline constexpr std::size_t rows_between_looks = 4096;

/// Sorts, looking up now and then. A sort is ended by an exception out of its comparison, which leaves the values in
/// any order.
template <class Value>
void sort_or_end(std::vector<Value>& values) {
  constexpr std::size_t comparisons_between_looks = std::size_t{1} << 16;
  std::size_t comparisons = 0;
  std::sort(values.begin(), values.end(), [&comparisons](const Value& a, const Value& b) {
    if (++comparisons % comparisons_between_looks == 0) end_if_stopping();
    return a < b;
  });
}

}  // namespace tocsin
