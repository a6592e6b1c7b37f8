#include "score_words.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "text.hpp"

namespace tocsin {

std::string whole_interval(const ScoreRow& row) {
  const Interval interval = interval_of(row, ScoreColumn::score_low, ScoreColumn::score_high);
  if (std::isnan(interval.low)) return {};
  return concat(std::lround(interval.low), "-", std::lround(interval.high));
}

std::array<int, 5> whole_numbers(const std::array<double, 5>& values, int whole) {
  std::array<int, 5> rounded{};
  std::array<double, 5> rest{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    rounded[i] = static_cast<int>(std::floor(values[i]));
    rest[i] = values[i] - rounded[i];
  }
  int left = whole - std::accumulate(rounded.begin(), rounded.end(), 0);
  for (; left != 0; left -= left > 0 ? 1 : -1) {
    const auto chosen =
        left > 0 ? std::max_element(rest.begin(), rest.end()) : std::min_element(rest.begin(), rest.end());
    const int step = left > 0 ? 1 : -1;
    rounded[static_cast<std::size_t>(chosen - rest.begin())] += step;
    *chosen -= step;
  }
  return rounded;
}

std::array<double, 5> known_parts(const ScoreRow& row) {
  std::array<double, 5> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const double points = row[part_columns[i]];
    parts[i] = std::isnan(points) ? 0 : points;
  }
  return parts;
}

std::string enumerated(const std::vector<std::string>& parts) {
  if (parts.size() < 2) return joined(parts);
  const std::vector<std::string> all_but_last(parts.begin(), parts.end() - 1);
  return concat(joined(all_but_last), " and ", parts.back());
}

}  // namespace tocsin
