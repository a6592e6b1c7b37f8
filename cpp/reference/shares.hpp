#pragma once

#include <array>
#include <vector>

#include "rates.hpp"

/// Naive versions of C7-C10, C14 and C15 (docs/method.md). NaN: not collected.
namespace tocsin::reference {

using Series = std::vector<double>;

/// sum over s <= t of 2^(-(t-s)/half-life) y(s) over the days on which both `y` and `other` are known.
[[nodiscard]] double discounted_where_both(const Series& y, const Series& other, int t, double half_life);

/// C8: the posterior mean (1/2 + deeds / phi) / (1 + (deeds + words) / phi); NaN without an act.
[[nodiscard]] double material_share(const Series& rhetoric, const Series& material, int t, double half_life,
                                    double phi);

/// C9
struct Ladder {
  int supported_max;
  std::array<double, 7> p_at_least;  // of rungs 1..7; NaN without events
  double mean_rung;
};
/// @param counts  by day, then rung 1..7; a missing day adds nothing
[[nodiscard]] Ladder rung(const std::vector<std::array<double, 7>>& counts, int t, int window, double min_events);

/// C10
struct Sides {
  double balance;
  double asymmetry;
};
[[nodiscard]] Sides reciprocity(const Series& forward, const Series& backward, int t, double half_life);

/// C14, of one set of discounted counts and of daily counts by kind.
struct Hill {
  double shannon;
  double simpson;
};
[[nodiscard]] Hill hill_numbers(const std::vector<double>& counts);
[[nodiscard]] Hill breadth(const std::vector<Series>& kinds, int t, double half_life);

/// C15 without the gap, which is a difference of two `rate_ratio`s.
struct Mediation {
  double mediation;  // acts in the window
  double hostile;
  double days_since;
  double hostile_since;
};
[[nodiscard]] Mediation mediation_coverage(const Series& mediation, const Series& hostile, int t, int window);

}  // namespace tocsin::reference
