#include "cross_excitation.hpp"

#include <cmath>
#include <limits>

namespace tocsin::reference {

namespace {

double drawn_by(const Rows& y, int t, std::size_t j, double half_life) {
  const double d = std::pow(2.0, -1 / half_life);
  double sum = 0;
  for (int s = 0; s < t; ++s) {
    const double count = y[static_cast<std::size_t>(s)][j];
    if (!std::isnan(count)) sum += (1 - d) * std::pow(d, t - s - 1) * count;
  }
  return sum;
}

double piece_cost(const std::vector<double>& y, std::size_t first, std::size_t end, double& rate) {
  double acts = 0;
  for (std::size_t t = first; t < end; ++t) acts += y[t];
  const auto days = static_cast<double>(end - first);
  rate = (acts > 0 ? acts : 0.5) / days;
  return acts > 0 ? acts - acts * std::log(acts / days) : 0;
}

}  // namespace

double expected_acts(const Rows& y, int t, int i, const std::vector<double>& mu, const Rows& kernel, double half_life) {
  double mean = mu[static_cast<std::size_t>(i)];
  for (std::size_t j = 0; j < mu.size(); ++j) {
    mean += kernel[static_cast<std::size_t>(i)][j] * drawn_by(y, t, j, half_life);
  }
  return mean;
}

double log_likelihood(const Rows& y, const std::vector<double>& mu, const Rows& kernel, double half_life) {
  double sum = 0;
  for (std::size_t t = 0; t < y.size(); ++t) {
    for (std::size_t i = 0; i < mu.size(); ++i) {
      if (std::isnan(y[t][i])) continue;
      const double mean = expected_acts(y, static_cast<int>(t), static_cast<int>(i), mu, kernel, half_life);
      sum -= mean;
      for (double k = 1; k <= y[t][i]; ++k) sum += std::log(mean / k);
    }
  }
  return sum;
}

Parameters em_step(const Rows& y, const Parameters& now, double half_life, double prior_shape, double prior_rate) {
  Parameters next = now;
  const std::size_t nodes = now.mu.size();
  for (std::size_t i = 0; i < nodes; ++i) {
    double days = 0;
    double from_outside = 0;
    std::vector<double> from(nodes, prior_shape - 1);
    std::vector<double> chances(nodes, prior_rate);
    for (std::size_t t = 0; t < y.size(); ++t) {
      if (std::isnan(y[t][i])) continue;
      const auto day = static_cast<int>(t);
      const double mean = expected_acts(y, day, static_cast<int>(i), now.mu, now.kernel, half_life);
      days += 1;
      from_outside += y[t][i] * now.mu[i] / mean;
      for (std::size_t j = 0; j < nodes; ++j) {
        const double drawn = drawn_by(y, day, j, half_life);
        from[j] += y[t][i] * now.kernel[i][j] * drawn / mean;
        chances[j] += drawn;
      }
    }
    next.mu[i] = from_outside / days;
    for (std::size_t j = 0; j < nodes; ++j) next.kernel[i][j] = from[j] / chances[j];
  }
  return next;
}

std::vector<double> best_rates(const std::vector<double>& y, double penalty, int least_days) {
  const std::size_t days = y.size();
  double cheapest = std::numeric_limits<double>::infinity();
  std::vector<double> best;
  for (unsigned changes = 0; changes < (1U << (days - 1)); ++changes) {
    double cost = -penalty;
    std::vector<double> rates;
    bool is_allowed = true;
    for (std::size_t first = 0; first < days;) {
      std::size_t end = first + 1;
      while (end < days && ((changes >> (end - 1)) & 1U) == 0) ++end;
      double rate = 0;
      cost += penalty + piece_cost(y, first, end, rate);
      rates.insert(rates.end(), end - first, rate);
      is_allowed = is_allowed && end - first >= static_cast<std::size_t>(least_days);
      first = end;
    }
    if (is_allowed && cost < cheapest) {
      cheapest = cost;
      best = rates;
    }
  }
  return best;
}

}  // namespace tocsin::reference
