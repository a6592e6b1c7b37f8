#include <cmath>

#include "series_input.hpp"
#include "tocsin/series.hpp"

namespace tocsin::series {

Excess ears(const Counts& y, const Ears::Options& options) {
  require_counts(y, "y");
  require_at_least(options.min_sigma, 0, "min_sigma");
  Excess result{Array(y.size()), Array(y.size()), Flags(y.size())};
  Ears recursion(options);
  for (Eigen::Index t = 0; t < y.size(); ++t) {
    const Ears::Reading reading = recursion.step(y[t], std::isnan(y[t]) ? 0 : 1);
    result.statistic[t] = reading.statistic;
    result.upper[t] = reading.upper;
    result.alarm[t] = reading.is_alarm;
  }
  return result;
}

}  // namespace tocsin::series
