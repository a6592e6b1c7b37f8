#include "change_point.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::reference {

namespace {

std::size_t at(int day) { return static_cast<std::size_t>(day); }

// Negative binomial with mean e a / b and variance phi mean + mean^2 / a.
long double log_probability(double count, double exposure, const Gamma& rate, double phi) {
  const long double mean = static_cast<long double>(exposure) * rate.shape / rate.rate;
  const long double excess = (phi - 1.0L) * mean + mean * mean / rate.shape;
  const long double size = mean * mean / excess;
  return std::lgamma(count + size) - std::lgamma(size) - std::lgamma(count + 1.0L) +
         size * std::log(size / (size + mean)) + count * std::log(mean / (size + mean));
}

struct Segment {
  Gamma rate;
  long double log_likelihood;
};

// The days s..t as one run.
Segment one_run(const Days& days, int s, int t, const RunPriors& priors) {
  Segment run{priors.prior[at(s)], 0};
  for (int u = s; u <= t; ++u) {
    if (!days.is_collected(u)) continue;
    const double phi = priors.dispersion[at(u)];
    run.log_likelihood += log_probability(days.count[at(u)], days.exposure[at(u)], run.rate, phi);
    run.rate.shape += days.count[at(u)] / phi;
    run.rate.rate += days.exposure[at(u)] / phi;
  }
  return run;
}

}  // namespace

std::vector<RunPosterior> run_posteriors(const Days& days, double hazard, const RunPriors& priors) {
  std::vector<RunPosterior> all;
  std::vector<long double> log_evidence;
  const long double log_end = std::log(static_cast<long double>(hazard));
  const long double log_stay = std::log1p(-static_cast<long double>(hazard));
  for (int t = 0; t < days.size(); ++t) {
    RunPosterior after;
    std::vector<long double> joint;
    for (int s = 0; s <= t; ++s) {
      const Segment run = one_run(days, s, t, priors);
      const long double begin = s == 0 ? 0 : log_evidence[at(s - 1)] + log_end;
      joint.push_back(begin + (t - s) * log_stay + run.log_likelihood);
      after.rate.push_back(run.rate);
    }
    const long double largest = *std::max_element(joint.begin(), joint.end());
    long double sum = 0;
    for (const long double value : joint) sum += std::exp(value - largest);
    log_evidence.push_back(largest + std::log(sum));
    for (const long double value : joint) {
      after.probability.push_back(static_cast<double>(std::exp(value - log_evidence.back() + log_stay)));
    }
    after.log_evidence = static_cast<double>(log_evidence.back());
    all.push_back(after);
  }
  return all;
}

double p_recent_above(const RunPosterior& after, int t, int window, int first_collected,
                      const std::vector<double>& references) {
  double sum = 0;
  for (int s = std::max(first_collected + 1, t + 1 - window); s <= t; ++s) {
    const Gamma& rate = after.rate[at(s)];
    sum += after.probability[at(s)] * (1 - gamma_lower_tail(references[at(s - 1)] * rate.rate, rate.shape));
  }
  return sum;
}

}  // namespace tocsin::reference
