#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tocsin/composite.hpp"

namespace tocsin {

/// What the subscores are functions of: central values for the score, posterior draws for its interval.
struct Quantities {
  double level;           // hostile acts a day
  double hostile;         // n, discounted acts
  double mediation;       // m, discounted acts
  double recent_rate;     // acts a day in the recent window
  double baseline_rate;   // and in the window before
  double material_share;  // NaN without hostile acts
  double forward;         // discounted acts by direction
  double backward;
  double reproduction;  // acts that an act draws
};

[[nodiscard]] Quantities central_quantities(const Composite::Reading& reading);

/// Independent draws from the posteriors of rates and shares. Rung and breadth are taken as they are.
[[nodiscard]] Quantities drawn_quantities(const Composite::Reading& reading, std::uint64_t pair_key, std::uint64_t seed,
                                          std::uint64_t draw);

/// Subscores in 0..1, in the order of `Component`; NaN where `shares` is 0 or the reading does not allow one.
[[nodiscard]] Subscores subscores_from(const Composite::Reading& reading, const Quantities& quantities,
                                       const Shares& shares, const Config& config);

/// 5 and 95 % quantiles of the scores, and each part's share of their variance.
[[nodiscard]] ScoreInterval summarise(std::vector<double> scores, const std::vector<Contributions>& parts);

}  // namespace tocsin
