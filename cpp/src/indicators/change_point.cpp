#include "tocsin/indicators/change_point.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "count_tails.hpp"
#include "incomplete_gamma.hpp"
#include "indicators/run_columns.hpp"
#include "indicators/run_tails.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

using run_columns::run_block;

constexpr double ln_2 = 0.6931471805599453;
constexpr double least_total = 0x1p-300;  // values far below it are not exact
constexpr double least_value = 0x1p-600;
constexpr double unheld_power = -1e9;  // of entries that are no run
constexpr std::int64_t normalising_days = 128;
constexpr std::size_t most_merges = 16;

// The moments of C3: mean e a / b, variance phi mean + mean^2 / a.
double log_likelihood(double count, double exposure, double dispersion, double shape, double rate) {
  const double size = shape * (exposure / (rate * (dispersion - 1) + exposure));
  return special::log_negative_binomial_pmf(count, size, exposure * (shape / rate));
}

// Many at once where many are held, as choosing takes its time; few where few are, as each is missed.
std::size_t merges_at_once(int keep) {
  const auto held = static_cast<std::size_t>(keep);
  return std::clamp<std::size_t>(held * held / 512, 1, most_merges);
}

std::size_t blocks_of(std::size_t runs) { return (runs + run_block - 1) / run_block; }

}  // namespace

ChangePoint::ChangePoint(Options options)
    : options_(options), total_(1 - options.hazard), past_rates_(static_cast<std::size_t>(options.window_days) + 1) {}

ChangePoint::ChangePoint(Options options, const State& state)
    : options_(options),
      weights_(state.weights),
      powers_(state.powers),
      shapes_(state.shapes),
      rates_(state.rates),
      first_days_(state.first_days.begin(), state.first_days.end()),
      count_(state.weights.size()),
      total_(state.total),
      past_rates_(state.past_rates),
      days_(state.days),
      first_collected_(state.first_collected),
      log_evidence_(state.log_evidence) {
  const std::size_t window = static_cast<std::size_t>(options.window_days) + 1;
  if (past_rates_.size() != window) {
    throw StateError(concat("change point: ", past_rates_.size(), " past rates, expected ", window));
  }
  if (powers_.size() != count_ || shapes_.size() != count_ || rates_.size() != count_ || first_days_.size() != count_) {
    throw StateError(concat("change point: ", count_, " weights, ", powers_.size(), " powers, ", shapes_.size(),
                            " shapes, ", rates_.size(), " rates and ", first_days_.size(),
                            " first days, expected as many of each"));
  }
  make_room();
  // As `follow` leaves them; it is not asked, since it could bring weights back to between 1 and 2.
  for (std::size_t i = 0; i < count_; ++i) {
    values_[i] = std::ldexp(weights_[i], static_cast<int>(std::max(powers_[i], run_columns::lowest_power)));
  }
}

void ChangePoint::make_room() {
  const std::size_t size = blocks_of(count_ + 1) * run_block;
  weights_.resize(size, 1);
  powers_.resize(size, unheld_power);
  shapes_.resize(size, 1);
  rates_.resize(size, 1);
  first_days_.resize(size, 0);
  values_.resize(size);
}

void ChangePoint::begin_run(const Belief& prior) {
  if (count_ == weights_.size()) make_room();
  weights_[count_] = 1;
  powers_[count_] = 0;
  if (days_ > 0) {
    int power = 0;
    int power_of_odds = 0;
    weights_[count_] = std::frexp(total_, &power) * std::frexp(options_.hazard / (1 - options_.hazard), &power_of_odds);
    powers_[count_] = power + power_of_odds;
  }
  shapes_[count_] = prior.prior_shape;
  rates_[count_] = prior.prior_rate;
  first_days_[count_] = static_cast<double>(days_);
  ++count_;
}

ChangePoint::Reading ChangePoint::step(double count, double exposure, const Belief& prior) {
  const bool is_collected = exposure > 0;
  begin_run(prior);
  if (is_collected && first_collected_ < 0) first_collected_ = days_;
  ++days_;
  const double stays = 1 - options_.hazard;
  const double days = static_cast<double>(days_);
  const double before = total_ / stays;
  double lifted = 0;
  const run_columns::Sums sums = weigh(count, exposure, prior.dispersion, lifted);
  total_ = sums.total;
  if (is_collected) log_evidence_ += std::log(total_ / before) - lifted * ln_2;
  if (options_.keep && count_ >= static_cast<std::size_t>(*options_.keep)) merge_runs();

  // The run that begins tomorrow is part of today's average, with the prior known today.
  const double scale = stays / total_;
  const double rate = sums.rate * scale + options_.hazard * (prior.prior_shape / prior.prior_rate);
  past_rates_[static_cast<std::size_t>(days_ - 1) % past_rates_.size()] = rate;
  const double map_run = sums.largest * scale >= options_.hazard ? days - sums.largest_day : 0;
  return {options_.hazard + recent(days_ - options_.window_days), sums.run * scale, map_run, rate, log_evidence_};
}

// Today's likelihoods; all weights times 2^lifted.
run_columns::Sums ChangePoint::weigh(double count, double exposure, double dispersion, double& lifted) {
  const bool is_far_out = exposure > 0 && count > run_columns::largest_product;
  if (is_far_out) learn_one_by_one(count, exposure, dispersion);
  run_columns::Day day{count, exposure, dispersion, static_cast<double>(days_), days_ % normalising_days == 0};
  if (is_far_out || !(exposure > 0)) day.count = day.exposure = 0;
  const run_columns::Sums sums = run_columns::follow(runs_in_blocks(), day);
  if (sums.total >= least_total) return sums;
  const auto end = powers_.begin() + static_cast<std::ptrdiff_t>(count_);
  lifted = -*std::max_element(powers_.begin(), end);
  std::for_each(powers_.begin(), end, [lifted](double& power) { power += lifted; });
  day.count = day.exposure = 0;
  return run_columns::follow(runs_in_blocks(), day);
}

double ChangePoint::recent(std::int64_t first_day) const {
  double sum = 0;
  for (std::size_t i = count_; i-- > 0 && first_days_[i] >= static_cast<double>(first_day);) sum += values_[i];
  return sum * ((1 - options_.hazard) / total_);
}

run_columns::Runs ChangePoint::runs_in_blocks() {
  return {weights_.data(),    powers_.data(), shapes_.data(),   rates_.data(),
          first_days_.data(), values_.data(), blocks_of(count_)};
}

// For counts far out.
void ChangePoint::learn_one_by_one(double count, double exposure, double dispersion) {
  for (std::size_t i = 0; i < count_; ++i) {
    const double likelihood = log_likelihood(count, exposure, dispersion, shapes_[i], rates_[i]);
    const double power = std::floor(likelihood / ln_2);
    weights_[i] *= std::exp(likelihood - power * ln_2);
    powers_[i] += power;
    shapes_[i] += count / dispersion;
    rates_[i] += exposure / dispersion;
  }
}

// Moves the least where it makes one run of two neighbours: the smaller value, over the days between their first days
// relative to the square of the younger one's age.
//
// Where the day of a change is uncertain, neighbouring runs are much the same, the more so the older they are: their
// probability is kept, a difference of little meaning is lost. To drop the least probable run would lose young ones.
void ChangePoint::merge_runs() {
  const std::size_t merges = merges_at_once(*options_.keep);
  const double days = static_cast<double>(days_);
  const double* const values = values_.data();
  const double* const first_days = first_days_.data();
  costs_.resize(count_ - 1);
  double* const costs = costs_.data();
  for (std::size_t i = 0; i + 1 < count_; ++i) {
    const double age = days - first_days[i + 1];
    const double moved = values[i] < values[i + 1] ? values[i] : values[i + 1];
    costs[i] = moved * (first_days[i + 1] - first_days[i]) / (age * age);
  }
  std::array<double, most_merges> least;  // of the costs, in order
  least.fill(std::numeric_limits<double>::infinity());
  for (const double cost : costs_) {
    if (cost >= least[merges - 1]) continue;
    std::size_t place = merges - 1;
    for (; place > 0 && least[place - 1] > cost; --place) least[place] = least[place - 1];
    least[place] = cost;
  }
  std::size_t kept = 0;
  for (std::size_t i = 1; i < count_; ++i) {
    if (costs[i - 1] > least[merges - 1]) {
      move_run(i, ++kept);
    } else {
      merge_two_runs(kept, i);
    }
  }
  for (std::size_t i = kept + 1; i < count_; ++i) {
    weights_[i] = 1;
    powers_[i] = unheld_power;
    shapes_[i] = rates_[i] = 1;
  }
  count_ = kept + 1;
}

// The younger one to where the older one is.
void ChangePoint::merge_two_runs(std::size_t older, std::size_t younger) {
  const bool is_younger_kept = values_[older] < values_[younger];
  const double lost = is_younger_kept ? values_[older] : values_[younger];
  double apart = powers_[younger] - powers_[older];
  double lost_weight = weights_[younger];
  if (is_younger_kept) {
    apart = -apart;
    lost_weight = weights_[older];
    move_run(younger, older);
  }
  if (lost < least_value) return;
  weights_[older] += std::ldexp(lost_weight, static_cast<int>(apart));
  values_[older] += lost;
}

void ChangePoint::move_run(std::size_t from, std::size_t to) {
  weights_[to] = weights_[from];
  powers_[to] = powers_[from];
  values_[to] = values_[from];
  shapes_[to] = shapes_[from];
  rates_[to] = rates_[from];
  first_days_[to] = first_days_[from];
}

// The runs of the window that began after the first collected day, a block at a time, the youngest first.
template <class Reference>
double ChangePoint::recent_above(const Reference& reference_of) const {
  if (first_collected_ < 0) return 0;
  const auto first_day = static_cast<double>(std::max(days_ - options_.window_days, first_collected_ + 1));
  double sum = 0;
  std::size_t end = count_;
  while (end > 0 && first_days_[end - 1] >= first_day) {
    run_columns::Lanes shapes;
    run_columns::Lanes x;
    run_columns::Lanes tails;
    shapes.fill(1);
    x.fill(1);
    std::size_t lanes = 0;
    for (; lanes < run_block && lanes < end && first_days_[end - 1 - lanes] >= first_day; ++lanes) {
      const std::size_t run = end - 1 - lanes;
      shapes[lanes] = shapes_[run];
      x[lanes] = rates_[run] * reference_of(static_cast<std::int64_t>(first_days_[run]));
    }
    if (!run_columns::upper_tails(shapes, x, tails)) {
      std::transform(shapes.begin(), shapes.end(), x.begin(), tails.begin(), special::gamma_q);
    }
    for (std::size_t lane = 0; lane < lanes; ++lane) sum += values_[end - 1 - lane] * tails[lane];
    end -= lanes;
  }
  return sum * ((1 - options_.hazard) / total_);
}

double ChangePoint::p_recent_up() const {
  return recent_above([this](std::int64_t first_day) {
    return past_rates_[static_cast<std::size_t>(first_day - 1) % past_rates_.size()];
  });
}

double ChangePoint::p_recent_above(double reference) const {
  if (first_collected_ < 0) return 0;
  if (std::isnan(reference)) return reference;
  if (reference <= 0) return recent(std::max(days_ - options_.window_days, first_collected_ + 1));
  return recent_above([reference](std::int64_t) { return reference; });
}

std::vector<ChangePoint::Run> ChangePoint::runs() const {
  const double scale = (1 - options_.hazard) / total_;
  std::vector<Run> all;
  for (std::size_t i = count_; i-- > 0;) {
    all.push_back({days_ - static_cast<std::int64_t>(first_days_[i]),
                   std::ldexp(weights_[i] * scale, static_cast<int>(std::max(powers_[i], unheld_power))),
                   {shapes_[i], rates_[i]}});
  }
  return all;
}

ChangePoint::State ChangePoint::state() const {
  const auto used = [this](const std::vector<double>& column) {
    return std::vector<double>(column.begin(), column.begin() + static_cast<std::ptrdiff_t>(count_));
  };
  const std::vector<double> first_days = used(first_days_);
  return {used(weights_), used(powers_), used(shapes_), used(rates_),     {first_days.begin(), first_days.end()},
          total_,         past_rates_,   days_,         first_collected_, log_evidence_};
}

}  // namespace tocsin
