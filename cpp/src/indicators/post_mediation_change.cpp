#include "tocsin/indicators/post_mediation_change.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "gamma_functions.hpp"
#include "normal_quantile.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double prior = 0.5;  // acts, and days

using Windows = PostMediationChange::Windows;
using Stratum = PostMediationChange::Stratum;

int octave_of(double log2_ratio) {
  if (std::isnan(log2_ratio)) return PostMediationChange::unknown_octave;
  constexpr double widest = PostMediationChange::widest_octave;
  return static_cast<int>(std::lround(std::clamp(log2_ratio, -widest, widest)));
}

void add(Windows& all, const Windows& one) {
  all.count += one.count;
  all.acts_before += one.acts_before;
  all.days_before += one.days_before;
  all.acts_after += one.acts_after;
  all.days_after += one.days_after;
}

struct Estimate {
  double value;
  double variance;
};

// ln of the rate after over the rate before, with the variances of two log-gamma variables.
Estimate log_change(const Windows& windows, double dispersion) {
  const double after = prior + windows.acts_after / dispersion;
  const double before = prior + windows.acts_before / dispersion;
  const double days_after = prior + windows.days_after / dispersion;
  const double days_before = prior + windows.days_before / dispersion;
  return {std::log(after / days_after) - std::log(before / days_before),
          special::trigamma(after) + special::trigamma(before)};
}

bool is_matched(const Stratum& stratum) { return stratum.episodes.count > 0 && stratum.matched.count > 0; }

}  // namespace

PostMediationChange::PostMediationChange(Options options)
    : window_(static_cast<std::size_t>(options.window_days)), growth_(RateRatio::Options{}) {}

PostMediationChange::PostMediationChange(Options options, State state)
    : window_(static_cast<std::size_t>(options.window_days)),
      days_(std::move(state.days)),
      strata_(std::move(state.strata)),
      growth_(RateRatio::Options{}, std::move(state.growth)) {
  if (days_.size() > 3 * window_ + 1) {
    throw StateError(concat("the saved days around mediation are ", days_.size(), ", expected at most ",
                            3 * window_ + 1, "; the state was saved under another configuration"));
  }
}

void PostMediationChange::update(double mediation, double hostile, double exposure, int phase) {
  const double collected = std::isnan(hostile) ? 0 : exposure;
  const double ratio = growth_.step(hostile, collected, {}).log2_ratio();
  if (days_.size() == 3 * window_ + 1) days_.erase(days_.begin());
  days_.push_back({exposure > 0 ? mediation : nan, collected > 0 ? hostile : 0, collected, octave_of(ratio), phase});
  for (Stratum& stratum : strata_) {
    // Further apart than 2 w is all that matters; an unbounded count would overflow one day.
    stratum.days_since_matched = std::min(stratum.days_since_matched + 1, 2 * static_cast<int>(window_) + 1);
  }
  if (days_.size() > 2 * window_) judge(days_.size() - 1 - window_);
}

// Or might have: a day of unknown mediation counts as one.
bool PostMediationChange::has_mediation(std::size_t first, std::size_t last) const {
  return std::any_of(days_.begin() + static_cast<std::ptrdiff_t>(first),
                     days_.begin() + static_cast<std::ptrdiff_t>(last) + 1,
                     [](const Day& day) { return !(day.mediation <= 0); });
}

Windows PostMediationChange::windows_around(std::size_t day) const {
  Windows windows;
  windows.count = 1;
  for (std::size_t i = 1; i <= window_; ++i) {
    windows.acts_before += days_[day - i].hostile;
    windows.days_before += days_[day - i].exposure;
    windows.acts_after += days_[day + i].hostile;
    windows.days_after += days_[day + i].exposure;
  }
  return windows;
}

void PostMediationChange::judge(std::size_t day) {
  if (std::isnan(days_[day].mediation) || has_mediation(day - window_, day - 1) ||
      has_mediation(day + 1, day + window_)) {
    return;
  }
  const Windows windows = windows_around(day);
  if (!(windows.days_before > 0 && windows.days_after > 0)) return;
  Stratum& stratum = stratum_of(days_[day]);
  if (days_[day].mediation > 0) {
    add(stratum.episodes, windows);
    return;
  }
  const bool is_far_from_mediation = day == 2 * window_ && !has_mediation(0, day - window_ - 1);
  const bool is_far_from_the_last =
      stratum.matched.count == 0 || stratum.days_since_matched > 2 * static_cast<int>(window_);
  if (is_far_from_mediation && is_far_from_the_last) {
    add(stratum.matched, windows);
    stratum.days_since_matched = 0;
  }
}

Stratum& PostMediationChange::stratum_of(const Day& day) {
  const auto found = std::find_if(strata_.begin(), strata_.end(), [&](const Stratum& stratum) {
    return stratum.octave == day.octave && stratum.phase == day.phase;
  });
  if (found != strata_.end()) return *found;
  Stratum fresh;
  fresh.octave = day.octave;
  fresh.phase = day.phase;
  return strata_.emplace_back(fresh);
}

PostMediationChange::Reading PostMediationChange::read(double dispersion) const {
  const bool any_is_matched = std::any_of(strata_.begin(), strata_.end(), is_matched);
  int episodes = 0;
  int compared = 0;
  int matched_days = 0;
  Estimate sum{0, 0};
  for (const Stratum& stratum : strata_) {
    episodes += stratum.episodes.count;
    if (stratum.episodes.count == 0 || is_matched(stratum) != any_is_matched) continue;
    const double weight = stratum.episodes.count;
    Estimate change = log_change(stratum.episodes, dispersion);
    if (any_is_matched) {
      const Estimate usual = log_change(stratum.matched, dispersion);
      change = {change.value - usual.value, change.variance + usual.variance};
    }
    sum.value += weight * change.value;
    sum.variance += weight * weight * change.variance;
    compared += stratum.episodes.count;
    matched_days += stratum.matched.count;
  }
  if (compared == 0) return {nan, nan, nan, 0, 0, 0};
  const double value = sum.value / compared;
  const double margin = special::normal_quantile(0.95) * std::sqrt(sum.variance) / compared;
  return {value,
          value - margin,
          value + margin,
          static_cast<double>(episodes),
          static_cast<double>(compared),
          static_cast<double>(matched_days)};
}

}  // namespace tocsin
