#pragma once

#include <optional>
#include <vector>

/// Naive versions of C13 (docs/method.md): sums over all paths of phases, one by one.
namespace tocsin::reference {

using Row = std::vector<double>;
using Rows = std::vector<Row>;

struct Chain {
  Row initial;
  Rows transition;  // [from][to]
  Rows means;       // [phase][signal]
  Rows sizes;       // [phase][signal]; empty: Poisson
};

/// P(count), from factorials and powers; a product, not a logarithm.
[[nodiscard]] double probability_of_count(double count, double mean, std::optional<double> size);

/// P(counts of the day | phase); NaN was not collected.
[[nodiscard]] double probability_of_day(const Chain& chain, std::size_t phase, const Row& counts);

struct AllPaths {
  double probability = 0;         // of the counts
  Rows smoothed;                  // [day][phase], given all days
  Row filtered;                   // of the last day
  std::vector<std::size_t> best;  // the path with the highest probability
};
/// Every one of the K^T paths, its probability a product of T factors. @param days  [day][signal], few
[[nodiscard]] AllPaths all_paths(const Chain& chain, const Rows& days);

/// P(last phase on one of the next `horizon` days or today), over all paths of the coming days.
[[nodiscard]] double p_reach_last(const Rows& transition, const Row& today, int horizon);

}  // namespace tocsin::reference
