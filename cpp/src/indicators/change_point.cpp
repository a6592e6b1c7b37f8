#include "tocsin/indicators/change_point.hpp"

#include <algorithm>
#include <cmath>

#include "count_tails.hpp"
#include "incomplete_gamma.hpp"
#include "indicators/run_columns.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

using run_columns::run_block;

// Far above where a product of two such numbers would lose digits, far below what any sum can feel.
constexpr double smallest_weight = 1e-280;
const double log_smallest_weight = std::log(smallest_weight);

constexpr double unheld_rate = 1e300;  // of entries that are no run: no exposure is above it

double logarithm_of(double weight) { return weight > 0 ? std::log(weight) : weight; }
double weight_of(double logarithm) { return logarithm > log_smallest_weight ? std::exp(logarithm) : logarithm; }

// The moments of C3: mean e a / b, variance phi mean + mean^2 / a.
double log_likelihood(double count, double exposure, double dispersion, double shape, double rate) {
  const double size = shape * (exposure / (rate * (dispersion - 1) + exposure));
  return special::log_negative_binomial_pmf(count, size, exposure * (shape / rate));
}

std::size_t blocks_of(std::size_t runs) { return (runs + run_block - 1) / run_block; }

}  // namespace

ChangePoint::ChangePoint(Options options)
    : options_(options), past_rates_(static_cast<std::size_t>(options.window_days) + 1) {}

ChangePoint::ChangePoint(Options options, const State& state)
    : options_(options),
      count_(state.weights.size()),
      past_rates_(state.past_rates),
      days_(state.days),
      first_collected_(state.first_collected),
      log_evidence_(state.log_evidence) {
  const std::size_t window = static_cast<std::size_t>(options.window_days) + 1;
  if (past_rates_.size() != window) {
    throw StateError(concat("change point: ", past_rates_.size(), " past rates, expected ", window));
  }
  if (state.shapes.size() != count_ || state.rates.size() != count_ || state.first_days.size() != count_) {
    throw StateError(concat("change point: ", count_, " weights, ", state.shapes.size(), " shapes, ",
                            state.rates.size(), " rates and ", state.first_days.size(),
                            " first days, expected as many of each"));
  }
  weights_ = state.weights;
  shapes_ = state.shapes;
  rates_ = state.rates;
  first_days_.assign(state.first_days.begin(), state.first_days.end());
  faint_ = static_cast<std::size_t>(std::count_if(weights_.begin(), weights_.end(), [](double w) { return w <= 0; }));
  make_room();
}

void ChangePoint::make_room() {
  const std::size_t size = (blocks_of(count_ + 1) + 1) * run_block;
  weights_.resize(size, 0);
  shapes_.resize(size, 1);
  rates_.resize(size, unheld_rate);
  first_days_.resize(size, 0);
  likelihoods_.resize(size);
  fresh_.resize(size);
}

void ChangePoint::begin_run(const Belief& prior) {
  if (count_ + run_block >= weights_.size()) make_room();
  weights_[count_] = days_ == 0 ? 1 : options_.hazard;
  shapes_[count_] = prior.prior_shape;
  rates_[count_] = prior.prior_rate;
  first_days_[count_] = static_cast<double>(days_);
  ++count_;
}

ChangePoint::Reading ChangePoint::step(double count, double exposure, const Belief& prior) {
  const bool is_collected = exposure > 0;
  const double phi = prior.dispersion;
  begin_run(prior);
  if (is_collected && first_collected_ < 0) first_collected_ = days_;
  ++days_;
  const run_columns::Mass mass = weigh(is_collected, {count, exposure, phi});
  const double stays = 1 - options_.hazard;
  const bool is_full = options_.keep && count_ == static_cast<std::size_t>(*options_.keep);
  double log_predictive = 0;
  double total = mass.total;  // of the fresh weights
  if (faint_ == 0 && mass.least >= smallest_weight) {
    log_predictive = std::log(total);
  } else {
    log_predictive = reweigh_in_logarithms(count, exposure, phi, total);
    total = stays;
  }
  if (is_full) merge_two_runs();
  if (is_collected) log_evidence_ += log_predictive;

  const run_columns::Settling settling{stays / total, is_collected ? count / phi : 0, is_collected ? exposure / phi : 0,
                                       static_cast<double>(days_), static_cast<double>(options_.window_days)};
  const run_columns::Sums sums = run_columns::settle(runs_in_blocks(), fresh_.data(), settling);

  // The run that begins tomorrow is part of today's average, with the prior known today.
  const double rate = sums.rate + options_.hazard * (prior.prior_shape / prior.prior_rate);
  past_rates_[static_cast<std::size_t>(days_ - 1) % past_rates_.size()] = rate;
  double map_run = 0;
  if (sums.largest >= options_.hazard) {
    const auto place = std::find(weights_.begin(), weights_.end(), sums.largest) - weights_.begin();
    map_run = static_cast<double>(days_) - first_days_[static_cast<std::size_t>(place)];
  }
  return {options_.hazard + sums.recent, sums.run, map_run, rate, log_evidence_};
}

run_columns::Runs ChangePoint::runs_in_blocks() {
  return {weights_.data(), shapes_.data(), rates_.data(), first_days_.data(), blocks_of(count_)};
}

run_columns::Mass ChangePoint::weigh(bool is_collected, const run_columns::Day& day) {
  bool is_found = !is_collected;
  const bool is_large = day.count > run_columns::largest_product;
  if (!is_collected) {
    std::fill(likelihoods_.begin(), likelihoods_.end(), 1.0);
  } else if (!is_large) {
    const run_columns::Mass mass =
        run_columns::weigh(runs_in_blocks(), day, likelihoods_.data(), fresh_.data(), is_found);
    if (is_found) return mass;
  }
  if (!is_found) {
    for (std::size_t i = 0; i < count_; ++i) {
      if (!is_large && rates_[i] >= day.exposure / day.dispersion) continue;
      likelihoods_[i] = std::exp(log_likelihood(day.count, day.exposure, day.dispersion, shapes_[i], rates_[i]));
    }
  }
  return run_columns::multiply(runs_in_blocks(), likelihoods_.data(), fresh_.data());
}

// For days on which a weight leaves the range of the numbers, or comes back into it: a count far out, or a run long
// overtaken. Leaves fresh weights that sum to 1 - hazard.
double ChangePoint::reweigh_in_logarithms(double count, double exposure, double dispersion, double total) {
  for (std::size_t i = 0; i < count_; ++i) {
    if (fresh_[i] >= smallest_weight) continue;
    const bool is_exact = likelihoods_[i] >= smallest_weight;
    fresh_[i] =
        logarithm_of(weights_[i]) +
        (is_exact ? std::log(likelihoods_[i]) : log_likelihood(count, exposure, dispersion, shapes_[i], rates_[i]));
  }
  double log_total = std::log(total);
  const bool is_shock = total < 1e-250;  // what is faint beside 1 is not beside this
  if (is_shock) {
    const auto end = fresh_.begin() + static_cast<std::ptrdiff_t>(count_);
    std::transform(fresh_.begin(), end, fresh_.begin(), logarithm_of);
    const double largest = *std::max_element(fresh_.begin(), end);
    double sum = 0;
    for (std::size_t i = 0; i < count_; ++i) sum += std::exp(fresh_[i] - largest);
    log_total = largest + std::log(sum);
  }
  const double stays = 1 - options_.hazard;
  const double log_stays = std::log1p(-options_.hazard);
  faint_ = 0;
  for (std::size_t i = 0; i < count_; ++i) {
    fresh_[i] = fresh_[i] > 0 ? fresh_[i] * (stays / total) : weight_of(fresh_[i] - log_total + log_stays);
    if (fresh_[i] <= 0) ++faint_;
  }
  return log_total;
}

// Where the day of a change is uncertain, neighbouring runs are much the same, the more so the older they are: their
// probability is kept, a difference of little meaning is lost. To drop the least probable run would lose young ones.
void ChangePoint::merge_two_runs() {
  const std::size_t older = run_columns::cheapest_merge(runs_in_blocks(), fresh_.data(), count_,
                                                        static_cast<double>(days_), likelihoods_.data());
  const bool is_older_less = fresh_[older] < fresh_[older + 1];
  const std::size_t lost = is_older_less ? older : older + 1;
  const std::size_t kept = is_older_less ? older + 1 : older;
  if (fresh_[lost] > 0) {
    fresh_[kept] += fresh_[lost];
  } else {
    --faint_;
  }
  --count_;
  for (std::vector<double>* column : {&fresh_, &shapes_, &rates_, &first_days_}) {
    const auto place = column->begin() + static_cast<std::ptrdiff_t>(lost);
    std::copy(place + 1, column->begin() + static_cast<std::ptrdiff_t>(count_) + 1, place);
  }
  fresh_[count_] = 0;
  weights_[count_] = 0;
  rates_[count_] = unheld_rate;
}

template <class Reference>
double ChangePoint::recent_above(const Reference& reference_of) const {
  double sum = 0;
  if (first_collected_ < 0) return sum;
  for (std::size_t i = count_; i-- > 0;) {
    const auto first_day = static_cast<std::int64_t>(first_days_[i]);
    if (days_ - first_day > options_.window_days || first_day <= first_collected_) break;
    if (weights_[i] > 0) sum += weights_[i] * special::gamma_q(shapes_[i], rates_[i] * reference_of(first_day));
  }
  return sum;
}

double ChangePoint::p_recent_up() const {
  return recent_above([this](std::int64_t first_day) {
    return past_rates_[static_cast<std::size_t>(first_day - 1) % past_rates_.size()];
  });
}

double ChangePoint::p_recent_above(double reference) const {
  return recent_above([reference](std::int64_t) { return reference; });
}

std::vector<ChangePoint::Run> ChangePoint::runs() const {
  std::vector<Run> all;
  for (std::size_t i = count_; i-- > 0;) {
    all.push_back({days_ - static_cast<std::int64_t>(first_days_[i]),
                   std::exp(logarithm_of(weights_[i])),
                   {shapes_[i], rates_[i]}});
  }
  return all;
}

ChangePoint::State ChangePoint::state() const {
  const auto used = [this](const std::vector<double>& column) {
    return std::vector<double>(column.begin(), column.begin() + static_cast<std::ptrdiff_t>(count_));
  };
  const std::vector<double> first_days = used(first_days_);
  return {used(weights_), used(shapes_), used(rates_),     {first_days.begin(), first_days.end()},
          past_rates_,    days_,         first_collected_, log_evidence_};
}

}  // namespace tocsin
