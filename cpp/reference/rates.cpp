#include "rates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tocsin::reference {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double threshold = 4;  // h of C4

std::size_t at(int day) { return static_cast<std::size_t>(day); }

Gamma window_rate(const Days& days, int first, int last, const Gamma& prior, double phi, double& events,
                  bool& is_collected) {
  double acts = 0;
  double exposure = 0;
  for (int s = std::max(first, 0); s <= last; ++s) {
    if (!days.is_collected(s)) continue;
    acts += days.count[at(s)];
    exposure += days.exposure[at(s)];
  }
  events += acts;
  is_collected = is_collected && exposure > 0;
  return {prior.shape + acts / phi, prior.rate + exposure / phi};
}

// phi after day `last`, from the days that are not left out.
double dispersion_after(const Days& days, int last, const Watch& so_far, double half_life, double believed) {
  double squares = 0;
  double expected = 0;
  for (int s = 0; s <= last; ++s) {
    if (!days.is_collected(s) || so_far.cusum[at(s)] > 0.5 * threshold) continue;
    const double mean = days.exposure[at(s)] * so_far.slow[at(s)].mean();
    squares += weight_of_age(last - s, half_life) * (days.count[at(s)] - mean) * (days.count[at(s)] - mean);
    expected += weight_of_age(last - s, half_life) * mean;
  }
  return std::clamp((5 * believed + squares) / (5 + expected), 1.0, 50.0);
}

// The slow rate of the last day before which the statistic was not above half the threshold.
double reference_rate(const Watch& so_far, int t) {
  int s = t;
  while (s > 0 && so_far.cusum[at(s - 1)] > 0.5 * threshold) --s;
  return so_far.slow[at(s)].mean();
}

}  // namespace

Days Days::of(const std::vector<double>& counts) {
  Days days{counts, {}};
  for (const double count : counts) days.exposure.push_back(std::isnan(count) ? 0 : 1);
  return days;
}

double weight_of_age(int days, double half_life) { return std::pow(2.0, -days / half_life); }

double discounted_count(const Days& days, int t, double half_life) {
  double sum = 0;
  for (int s = 0; s <= t; ++s) {
    if (days.is_collected(s)) sum += weight_of_age(t - s, half_life) * days.count[at(s)];
  }
  return sum;
}

double discounted_exposure(const Days& days, int t, double half_life) {
  double sum = 0;
  for (int s = 0; s <= t; ++s) {
    if (days.is_collected(s)) sum += weight_of_age(t - s, half_life) * days.exposure[at(s)];
  }
  return sum;
}

Gamma slow_rate(const Days& days, int t, double half_life, int guard, const Gamma& prior) {
  const int last = t - 1 - guard;
  return {prior.shape + discounted_count(days, last, half_life),
          prior.rate + discounted_exposure(days, last, half_life)};
}

Gamma discounted_rate(const Days& days, int t, double half_life, const Gamma& prior, double phi) {
  return {prior.shape + discounted_count(days, t, half_life) / phi,
          prior.rate + discounted_exposure(days, t, half_life) / phi};
}

Ratio rate_ratio(const Days& days, int t, int window, int baseline, int guard, const Gamma& prior, double phi) {
  double events = 0;
  bool is_collected = true;
  const Gamma recent = window_rate(days, t - window + 1, t, prior, phi, events, is_collected);
  const Gamma before =
      window_rate(days, t - window - guard - baseline + 1, t - window - guard, prior, phi, events, is_collected);
  if (events == 0 || !is_collected) return {recent, before, nan, nan, nan};
  // b2 l2 / (b1 l1) are odds of Beta(a2, a1); l1 > l2 where they are below b2 / b1.
  const double p_rising = beta_odds_lower_tail(before.rate / recent.rate, before.shape, recent.shape);
  return {recent, before, std::log2(recent.mean() / before.mean()), recent.mean() - before.mean(), p_rising};
}

std::vector<double> cusum(const std::vector<double>& log_ratios) {
  std::vector<double> statistic;
  for (std::size_t t = 0; t < log_ratios.size(); ++t) {
    double largest = 0;
    double sum = 0;
    for (std::size_t s = t + 1; s-- > 0;) {
      sum += log_ratios[s];
      largest = std::max(largest, sum);
    }
    statistic.push_back(largest);
  }
  return statistic;
}

double log_likelihood_ratio(double y, double mean, double rho, double phi) {
  if (phi == 1) return y * std::log(rho) - mean * (rho - 1);
  const double r = mean / (phi - 1);
  return y * std::log(rho) + (y + r) * std::log((r + mean) / (r + rho * mean));
}

Watch watch(const Days& days, std::optional<double> dispersion, double half_life, int guard, const Unseen& unseen) {
  Watch all;
  std::vector<double> log_ratios;
  for (int t = 0; t < days.size(); ++t) {
    all.slow.push_back(slow_rate(days, t, half_life, guard));
    all.usual.push_back(slow_rate(days, t, half_life, guard, unseen.rate));
    const auto phi_of = [&](double believed) {
      return dispersion ? *dispersion : dispersion_after(days, t - 1, all, half_life, believed);
    };
    const double phi = phi_of(1);
    all.dispersion.push_back(phi);
    all.usual_dispersion.push_back(phi_of(unseen.dispersion));
    const double mean = days.exposure[at(t)] * reference_rate(all, t);
    log_ratios.push_back(days.is_collected(t) ? log_likelihood_ratio(days.count[at(t)], mean, 2, phi) : 0);
    all.cusum.push_back(cusum(log_ratios).back());
  }
  return all;
}

Surprise surprise(double count, double exposure, const Gamma& slow, double phi) {
  const double mean = exposure * slow.mean();
  const double variance = phi * mean + mean * mean / slow.shape;
  const CountTail tail = negative_binomial_tail(count, mean, mean * mean / (variance - mean));
  return {std::clamp(-std::log10(tail.at_least), 0.0, 12.0), tail.at_least - tail.exactly / 2,
          -std::log2(tail.exactly)};
}

}  // namespace tocsin::reference
