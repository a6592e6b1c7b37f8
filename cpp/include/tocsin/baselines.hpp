#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <string_view>
#include <vector>

#include "tocsin/labels.hpp"
#include "tocsin/panel.hpp"

namespace tocsin {

/// What any score has to beat (C20): plain functions of the counts, and two of the labels' own past.
struct PlainPredictor {
  std::string_view name;
  bool needs_goldstein = false;  // missing where the panel has no Goldstein sums
};
[[nodiscard]] const std::vector<PlainPredictor>& baselines();

/// The baselines of one pair that see the counts alone.
///
/// @return (days, baselines) in the order of `baselines()`; higher means worse; row t depends on days up to t only.
///         NaN: not known, as before the first collected day, or without Goldstein sums
[[nodiscard]] Eigen::MatrixXd baselines_of(const CountPanel& panel, std::size_t pair);

/// What to expect from the calendar alone: the share of positive days of the pair, (n1 + 365 p) / (n + 365), where p is
/// the share over all pairs. Each label enters it when it has become known, `horizon_days` later; it sees labels.
///
/// @param labels  of all pairs
/// @return        for each pair one value a day
[[nodiscard]] std::vector<Eigen::VectorXd> climatology(const std::vector<PairLabels>& labels, int horizon_days);

/// -log2(1 + days since the last event): long quiet is low. It sees labels.
[[nodiscard]] Eigen::VectorXd recency(const PairLabels& labels);

}  // namespace tocsin
