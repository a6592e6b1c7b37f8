#include <algorithm>
#include <cmath>
#include <cstddef>

#include "cusum_table.hpp"
#include "tocsin/indicators/cusum.hpp"

namespace tocsin {

namespace {

/// Between two neighbours of a row of points: the first of them, and how far on the way to the second.
struct Place {
  std::size_t first;
  double share;
};

Place place_at(double position, std::size_t points) {
  const double inside = std::clamp(position, 0.0, static_cast<double>(points - 1));
  const std::size_t first = std::min(static_cast<std::size_t>(inside), points - 2);
  return {first, inside - static_cast<double>(first)};
}

Place place_of_budget(double days) {
  const auto& budgets = cusum_table::budgets;
  const auto next = std::upper_bound(budgets.begin() + 1, budgets.end() - 1, days);
  const auto first = static_cast<std::size_t>(next - budgets.begin()) - 1;
  return {first, std::log(days / budgets[first]) / std::log(budgets[first + 1] / budgets[first])};
}

double between(double first, double second, double share) { return first + share * (second - first); }

double threshold_at(std::size_t budget, const Place& mean, const Place& dispersion) {
  const auto of_mean = [&](std::size_t m) {
    const std::size_t row = (budget * cusum_table::mean_count + m) * cusum_table::dispersion_count;
    return between(cusum_table::thresholds[row + dispersion.first], cusum_table::thresholds[row + dispersion.first + 1],
                   dispersion.share);
  };
  return between(of_mean(mean.first), of_mean(mean.first + 1), mean.share);
}

}  // namespace

double Cusum::threshold(double mean, double dispersion, double false_alarm_days) {
  using namespace cusum_table;
  const double days = std::clamp(false_alarm_days, fewest_false_alarm_days, most_false_alarm_days);
  const Place of_mean = place_at((std::log2(mean) - lowest_log2_mean) * points_per_doubling, mean_count);
  const Place of_dispersion =
      place_at((std::log2(dispersion) - lowest_log2_dispersion) * points_per_doubling, dispersion_count);
  const Place of_budget = place_of_budget(days);
  return between(threshold_at(of_budget.first, of_mean, of_dispersion),
                 threshold_at(of_budget.first + 1, of_mean, of_dispersion), of_budget.share);
}

}  // namespace tocsin
