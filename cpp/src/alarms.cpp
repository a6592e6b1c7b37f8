#include "alarms.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tocsin {

namespace {

double median(std::vector<double>& values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace

AlarmRecord watch(const WatchedDays& watched, const metrics::Values& values, double threshold) {
  double false_alarms = 0;
  double standing = 0;
  std::size_t onsets = 0;
  std::vector<double> leads;
  std::vector<std::int32_t> raised;
  std::size_t row = 0;
  for (std::size_t pair = 0; pair < watched.cases.pair_count; ++pair) {
    raised.clear();
    std::int32_t until = -1;  // last day on which the last alarm stands
    for (; row < watched.days.size() && watched.cases.pairs[row] == pair; ++row) {
      const std::int32_t day = watched.days[row];
      if (day > until && values[static_cast<Eigen::Index>(row)] >= threshold) {
        raised.push_back(day);
        until = day + watched.horizon_days - 1;
        if (watched.cases.labels[row] == 0) ++false_alarms;
      }
      if (day <= until) ++standing;
    }
    onsets += watched.onsets[pair].size();
    for (const std::int32_t onset : watched.onsets[pair]) {
      const auto first = std::lower_bound(raised.begin(), raised.end(), onset - watched.horizon_days);
      if (first != raised.end() && *first < onset) leads.push_back(onset - *first);
    }
  }
  const double recall = static_cast<double>(leads.size()) / static_cast<double>(onsets);
  const double days = static_cast<double>(watched.days.size());
  return {threshold, false_alarms / watched.pair_years(), recall, median(leads), standing / days};
}

AlarmRecord watch_within(const WatchedDays& watched, const metrics::Values& values,
                         const std::vector<std::uint32_t>& order, double false_per_year) {
  AlarmRecord best = watch(watched, values, std::numeric_limits<double>::infinity());
  // Between a place that keeps to the budget and one that does not; the number of alarms need not fall evenly, but does
  // so nearly.
  std::size_t low = 0;
  std::size_t high = order.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    const AlarmRecord record = watch(watched, values, values[order[middle]]);
    if (record.false_per_year <= false_per_year) {
      best = record;
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return best;
}

std::vector<AlarmRecord> alarm_curve(const WatchedDays& watched, const metrics::Values& values,
                                     const std::vector<std::uint32_t>& order) {
  constexpr int points = 40;
  constexpr double rarest = 1e-4;  // of the days
  std::vector<AlarmRecord> curve;
  for (int i = 0; i < points; ++i) {
    const double share = rarest * std::pow(1 / rarest, static_cast<double>(i) / (points - 1));
    const auto above = static_cast<std::size_t>(share * static_cast<double>(order.size()));
    const double threshold = values[order[order.size() - std::clamp<std::size_t>(above, 1, order.size())]];
    if (!curve.empty() && curve.back().threshold == threshold) continue;
    curve.push_back(watch(watched, values, threshold));
  }
  return curve;
}

}  // namespace tocsin
