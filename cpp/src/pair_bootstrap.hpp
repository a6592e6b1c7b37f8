#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "tocsin/metrics.hpp"

namespace tocsin {

/// Cases of all pairs below each other, pair by pair.
struct PairedCases {
  metrics::Labels labels;
  std::vector<std::uint32_t> pairs;  // of each case, ascending
  std::size_t pair_count = 0;
};

/// How often each pair is taken in each draw: pairs are drawn with replacement, all days of a pair together, for days
/// of one pair are not independent.
///
/// @return (pairs, draws); draw d depends on (seed, d) only
[[nodiscard]] Eigen::MatrixXd pair_weights(std::size_t pairs, int draws, std::uint64_t seed);

/// AUC in its three readings; NaN where it does not exist.
struct Separation {
  double pooled;  // positive against negative days of all pairs
  double active;  // of the pairs that have a positive day
  double within;  // mean over pairs that have both
};

/// What AUC and average precision need of a predictor so that each draw of pairs is a matrix product.
///
/// AUC of weights w: sum_ij w_i w_j U(i, j) / (sum_i w_i P_i sum_j w_j N_j), where U(i, j) counts the positive days of
/// pair i that lie above negative days of pair j (ties half), P_i positive and N_j negative days.
class RankedCases {
 public:
  /// @param order  of the values, ascending
  RankedCases(const PairedCases& cases, const metrics::Values& values, const std::vector<std::uint32_t>& order);

  [[nodiscard]] Separation separation(const Eigen::Ref<const Eigen::VectorXd>& weights) const;
  /// One value a draw. From more than 4096 distinct values of positive days on, neighbours are put together.
  [[nodiscard]] Eigen::VectorXd average_precision(const Eigen::MatrixXd& weights) const;

 private:
  Eigen::MatrixXd wins_;                           // U
  Eigen::VectorXd positives_;                      // P, by pair
  Eigen::VectorXd negatives_;                      // N
  Eigen::MatrixXd above_;                          // (thresholds, pairs): negative days of a value at least that
  std::vector<std::vector<std::uint32_t>> found_;  // pairs of the positive days between a threshold and the next higher
};

}  // namespace tocsin
