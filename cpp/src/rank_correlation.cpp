#include "rank_correlation.hpp"

#include <cmath>
#include <cstddef>
#include <limits>

namespace tocsin {

double kendall_tau_with_time(std::span<const double> values) {
  long rises = 0;
  long falls = 0;
  for (std::size_t later = 1; later < values.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      rises += values[later] > values[earlier] ? 1 : 0;
      falls += values[later] < values[earlier] ? 1 : 0;
    }
  }
  if (rises + falls == 0) return std::numeric_limits<double>::quiet_NaN();
  const double pairs = static_cast<double>(values.size()) * static_cast<double>(values.size() - 1) / 2;
  return static_cast<double>(rises - falls) / std::sqrt(pairs * static_cast<double>(rises + falls));
}

}  // namespace tocsin
