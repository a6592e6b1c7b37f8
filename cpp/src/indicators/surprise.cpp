#include "tocsin/indicators/surprise.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "count_tails.hpp"

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double most_bans = 12;

}  // namespace

PredictiveTail PredictiveTail::of(double count, double exposure, const GammaPosterior& baseline, double dispersion) {
  const double mean = exposure * baseline.mean();
  const double variance = dispersion * mean + mean * mean / baseline.shape;
  // With phi = 1 the size is the shape itself; the moment formula would lose digits to cancellation.
  const double size = dispersion > 1 ? mean * mean / (variance - mean) : baseline.shape;
  return {special::log_negative_binomial_tail(count, size, mean),
          special::log_negative_binomial_pmf(count, size, mean)};
}

double PredictiveTail::bans() const {
  return std::isnan(log_tail) ? nan : std::max(0.0, std::min(-log_tail / std::numbers::ln10, most_bans));
}

double PredictiveTail::mid_p() const { return std::exp(log_tail) - std::exp(log_pmf) / 2; }

double PredictiveTail::bits() const { return -log_pmf / std::numbers::ln2; }

Surprise::Surprise(Options options)
    : options_(options),
      baseline_(options.baseline),
      dispersion_({options.baseline.half_life_days}),
      cusum_(options.cusum) {}

Surprise::Surprise(Options options, State state)
    : options_(options),
      baseline_(options.baseline, std::move(state.baseline)),
      dispersion_({options.baseline.half_life_days}, state.dispersion),
      cusum_(options.cusum, state.cusum),
      reference_rate_(state.reference_rate) {}

Surprise::Reading Surprise::step(double count, double exposure) {
  const bool is_collected = exposure > 0;
  const double frozen_above = 0.5 * options_.cusum_threshold;
  const GammaPosterior baseline = baseline_.step(count, exposure);
  const double dispersion = options_.dispersion.value_or(dispersion_.value());
  const double usual_dispersion = options_.dispersion.value_or(dispersion_.value(options_.unseen.dispersion));

  // Frozen, or the bar would creep up during the crisis.
  if (cusum_.statistic() <= frozen_above) reference_rate_ = baseline.mean();
  const double cusum = cusum_.step(count, exposure, exposure * reference_rate_, dispersion);

  dispersion_.step(count, exposure * baseline.mean(), !is_collected || cusum > frozen_above);
  return {is_collected ? count : nan,           exposure,        baseline, dispersion, cusum,
          baseline_.posterior(options_.unseen), usual_dispersion};
}

PredictiveTail Surprise::Reading::tail() const {
  if (std::isnan(count)) return {nan, nan};
  return PredictiveTail::of(count, exposure, usual, usual_dispersion);
}

Surprise::State Surprise::state() const {
  return {baseline_.state(), dispersion_.state(), cusum_.state(), reference_rate_};
}

}  // namespace tocsin
