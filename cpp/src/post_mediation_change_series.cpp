#include <cmath>

#include "series_input.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "tocsin/series.hpp"

namespace tocsin::series {

namespace {

constexpr double most_phases = 8;

void require_phases(const Counts& phases, Eigen::Index days) {
  if (phases.size() == 0) return;
  require_equal_length(phases.size(), days, "phases and hostile");
  for (Eigen::Index t = 0; t < phases.size(); ++t) {
    const bool is_fine = phases[t] >= 0 && phases[t] < most_phases && std::floor(phases[t]) == phases[t];
    if (!is_fine) {
      throw InputError(concat("phases[", t, "] is ", shortest(phases[t]), ", expected a whole number from 0 to 7"));
    }
  }
}

}  // namespace

Damping post_mediation_change(const Counts& mediation, const Counts& hostile, const Counts& phases,
                              const PostMediationChange::Options& options, double dispersion) {
  require_amounts(mediation, "mediation");
  require_counts(hostile, "hostile");
  require_equal_length(mediation.size(), hostile.size(), "mediation and hostile");
  require_phases(phases, hostile.size());
  require_at_least(options.window_days, 1, "window_days");
  require_at_least(dispersion, 1, "dispersion");
  const Eigen::Index days = hostile.size();
  Damping result{Array(days), Array(days), Array(days), Array(days), Array(days), Array(days)};
  PostMediationChange recursion(options);
  for (Eigen::Index t = 0; t < days; ++t) {
    const int phase = phases.size() == 0 ? PostMediationChange::no_phase : static_cast<int>(phases[t]);
    recursion.update(mediation[t], hostile[t], 1, phase);
    const PostMediationChange::Reading reading = recursion.read(dispersion);
    result.log_rate_ratio[t] = reading.log_rate_ratio;
    result.low[t] = reading.low;
    result.high[t] = reading.high;
    result.episodes[t] = reading.episodes;
    result.compared_episodes[t] = reading.compared_episodes;
    result.matched_days[t] = reading.matched_days;
  }
  return result;
}

}  // namespace tocsin::series
