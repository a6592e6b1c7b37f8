#include "reproduction_null.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tocsin {

Eigen::Index simulated_days(const ReproductionNumber::Options& options) {
  constexpr double half_lives = 10;
  const double reach = std::ceil(half_lives * options.forgetting_half_life_days);
  return static_cast<Eigen::Index>(std::min(reach, 1e6));
}

double reproduction_null_of(const Eigen::ArrayXd& y, Eigen::Index days, const ExogenousRate& exogenous,
                            const ReproductionNumber::Options& options, double dispersion, std::uint64_t key,
                            int draws) {
  double largest = std::numeric_limits<double>::quiet_NaN();
  for (const LevelChange change : {LevelChange::jump, LevelChange::glide}) {
    NoExcitation null = fit_no_excitation(y, change, {});
    null.dispersion = std::max(null.dispersion, dispersion);
    null.rate = Eigen::ArrayXd(null.rate.tail(days));
    largest = std::fmax(largest, reproduction_null_95(null, y.tail(days), exogenous, options, dispersion, key, draws));
  }
  return largest;
}

}  // namespace tocsin
