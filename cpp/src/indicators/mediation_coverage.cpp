#include "tocsin/indicators/mediation_coverage.hpp"

#include <cmath>
#include <utility>

namespace tocsin {

MediationCoverage::MediationCoverage(Options options)
    : options_(options),
      mediation_(static_cast<std::size_t>(options.window_days)),
      hostile_(static_cast<std::size_t>(options.window_days)),
      growth_(options.growth) {}

MediationCoverage::MediationCoverage(Options options, State state)
    : options_(options),
      mediation_(static_cast<std::size_t>(options.window_days), std::move(state.mediation)),
      hostile_(static_cast<std::size_t>(options.window_days), std::move(state.hostile)),
      growth_(options.growth, std::move(state.growth)),
      days_since_(state.days_since),
      hostile_since_(state.hostile_since) {}

MediationCoverage::Reading MediationCoverage::step(double mediation, double hostile, double exposure,
                                                   const Belief& belief) {
  const bool has_mediation = !std::isnan(mediation);
  const bool has_hostile = !std::isnan(hostile);
  // A ratio of rates over the same days: a day on which one of the two is unknown belongs to neither.
  const double both = has_mediation && has_hostile ? exposure : 0;
  mediation_.step(mediation, both);
  hostile_.step(hostile, both);

  if (has_mediation && mediation > 0) {
    days_since_ = 0;
    hostile_since_ = 0;
  } else {
    days_since_ += 1;
    if (has_hostile) hostile_since_ += hostile;
  }

  const auto window = static_cast<std::size_t>(options_.window_days);
  return {mediation_.sum(0, window).count,
          hostile_.sum(0, window).count,
          belief.dispersion,
          growth_.step(mediation, has_mediation ? exposure : 0, belief),
          days_since_,
          hostile_since_};
}

double MediationCoverage::Reading::gap(const RateRatio::Reading& hostile_growth) const {
  return hostile_growth.log2_ratio() - growth.log2_ratio();
}

MediationCoverage::State MediationCoverage::state() const {
  return {mediation_.state(), hostile_.state(), growth_.state(), days_since_, hostile_since_};
}

}  // namespace tocsin
