#include "tocsin/indicators/rate_ratio.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include "beta_functions.hpp"

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::size_t window_length(const RateRatio::Options& options) {
  return static_cast<std::size_t>(options.window_days + options.guard_days + options.baseline_days);
}

}  // namespace

RateRatio::RateRatio(Options options) : options_(options), days_(window_length(options)) {}

RateRatio::RateRatio(Options options, State state)
    : options_(options), days_(window_length(options), std::move(state)) {}

RateRatio::Reading RateRatio::step(double count, double exposure, const Belief& belief) {
  days_.step(count, exposure);
  const auto recent_end = static_cast<std::size_t>(options_.window_days);
  const auto baseline_begin = recent_end + static_cast<std::size_t>(options_.guard_days);
  const TrailingWindow::Sum recent = days_.sum(0, recent_end);
  const TrailingWindow::Sum baseline = days_.sum(baseline_begin, window_length(options_));
  const bool both_collected = recent.exposure > 0 && baseline.exposure > 0;
  return {GammaPosterior::of(recent.count, recent.exposure, belief),
          GammaPosterior::of(baseline.count, baseline.exposure, belief), recent.exposure > 0 ? recent.count : nan,
          both_collected && recent.count + baseline.count > 0};
}

double RateRatio::Reading::log2_ratio() const { return is_known ? std::log2(recent.mean() / baseline.mean()) : nan; }

Interval RateRatio::Reading::interval() const {
  if (!is_known) return {nan, nan};
  const Interval odds = BetaPosterior{recent.shape, baseline.shape}.odds_interval();
  const double scale = baseline.rate / recent.rate;
  return {std::log2(odds.low * scale), std::log2(odds.high * scale)};
}

double RateRatio::Reading::p_rising() const {
  if (!is_known) return nan;
  // 1 - I_x(a1, a2) = I_{1-x}(a2, a1) keeps its digits where a rise is almost certain.
  return special::incomplete_beta(baseline.shape, recent.shape, baseline.rate / (recent.rate + baseline.rate));
}

double RateRatio::Reading::absolute_change() const { return is_known ? recent.mean() - baseline.mean() : nan; }

}  // namespace tocsin
