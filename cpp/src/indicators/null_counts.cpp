#include "indicators/null_counts.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin {

namespace {

constexpr double longest_table = 512;    // counts
constexpr double least_chance = 1e-250;  // of a count of 0: what follows from it must not underflow
constexpr double least_tail = 1e-17;

}  // namespace

DayCountSampler::DayCountSampler(double mean, double dispersion) : mean_(mean), scale_(std::max(0.0, dispersion - 1)) {
  // P(0), and P(k + 1) = P(k) (size + k) / (k + 1) (phi - 1) / phi; (size (phi - 1) = mean) / (k + 1) in the limit.
  const double phi = 1 + scale_;
  double chance = scale_ > 0 ? std::exp(-mean / scale_ * std::log(phi)) : std::exp(-mean);
  const bool is_short = mean + 12 * std::sqrt(phi * mean) + 40 * phi < longest_table;
  if (!is_short || chance < least_chance) {
    if (scale_ > 0) gamma_ = random::GammaSampler(mean / scale_);
    return;
  }
  double sum = chance;
  at_most_.push_back(sum);
  for (double k = 0; k < longest_table && (k < mean || chance > least_tail); ++k) {
    chance *= (mean + k * scale_) / ((k + 1) * phi);
    sum += chance;
    at_most_.push_back(sum);
  }
}

double DayCountSampler::operator()(random::Stream& stream) const {
  if (at_most_.empty()) {
    const double mean = scale_ > 0 ? gamma_(stream) * scale_ : mean_;
    return static_cast<double>(random::poisson(stream, mean));
  }
  const double uniform = stream.next_uniform();
  // Most counts are small; a search by halves would guess at every step.
  constexpr std::size_t few = 8;
  const std::size_t near = std::min(few, at_most_.size());
  for (std::size_t count = 0; count < near; ++count) {
    if (uniform <= at_most_[count]) return static_cast<double>(count);
  }
  const auto found = std::lower_bound(at_most_.begin() + static_cast<std::ptrdiff_t>(near), at_most_.end(), uniform);
  // The sum of all chances may round to less than 1.
  return static_cast<double>(std::min(found - at_most_.begin(), std::ssize(at_most_) - 1));
}

NullCounts::NullCounts(const NoExcitation& null) : echo_(null.echo) {
  for (Eigen::Index t = 0; t < null.rate.size(); ++t) {
    if (t == 0 || null.rate[t] != null.rate[t - 1]) {
      samplers_.emplace_back(null.rate[t] / (1 + null.echo), null.dispersion);
    }
    sampler_of_day_.push_back(samplers_.size() - 1);
  }
}

double NullCounts::Draw::next() {
  const double again = told_again(stream_, first_told_, counts_.echo_);
  first_told_ = counts_.samplers_[counts_.sampler_of_day_[day_++]](stream_);
  return first_told_ + again;
}

double told_again(random::Stream& stream, double acts, double share) {
  constexpr double few = 64;
  if (!(share > 0) || !(acts > 0)) return 0;
  if (acts > few) {
    const double repeated = acts * share + std::sqrt(acts * share * (1 - share)) * random::normal(stream);
    return std::clamp(std::round(repeated), 0.0, acts);
  }
  double sum = 0;
  for (double act = 0; act < acts; ++act) sum += stream.next_uniform() < share ? 1 : 0;
  return sum;
}

}  // namespace tocsin
