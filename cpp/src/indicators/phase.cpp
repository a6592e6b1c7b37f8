#include "tocsin/indicators/phase.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "special_functions.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "tocsin/signal.hpp"

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t table_size = 64;  // larger counts are rare enough to be computed
constexpr double table_end = static_cast<double>(table_size);

double log_pmf(double count, double mean, double size) {
  // Mediation may be a fraction of an act: the density that a negative binomial has between the whole numbers.
  if (std::floor(count) != count) {
    if (std::isinf(size)) return count * std::log(mean) - mean - special::log_gamma_one_plus(count);
    return special::log_gamma_ratio(size, count) - special::log_gamma_one_plus(count) - size * std::log1p(mean / size) -
           count * std::log1p(size / mean);
  }
  return std::isinf(size) ? special::log_poisson_pmf(count, mean)
                          : special::log_negative_binomial_pmf(count, size, mean);
}

// ln Gamma(count + size) - ln Gamma(size) - ln count!, and without the first two for a Poisson.
double log_coefficient(double count, double size) {
  const double factorial = special::log_gamma_one_plus(count);
  return std::isinf(size) ? -factorial : special::log_gamma_ratio(size, count) - factorial;
}

}  // namespace

PhaseTables::PhaseTables(PhaseModel model, int horizon_days) : model_(std::move(model)) {
  model_.validate();
  if (horizon_days < 0) throw InputError(concat("horizon_days is ", horizon_days, ", expected a number >= 0"));
  phases_ = model_.phase_count();
  signals_ = model_.signal_count();
  columns_ = model_.columns();
  for (const std::vector<double>& row : model_.transition)
    transition_.insert(transition_.end(), row.begin(), row.end());
  for (std::size_t s = 0; s < signals_; ++s) {
    for (std::size_t k = 0; k < phases_; ++k) {
      const PhaseModel::Cell& cell = model_.cells[k][s];
      uses_slow_rate_ = uses_slow_rate_ || cell.multiple > 0;
      for (std::size_t y = 0; y < table_size; ++y) {
        const double count = static_cast<double>(y);
        small_.push_back(cell.multiple > 0 ? log_coefficient(count, cell.size) : log_pmf(count, cell.floor, cell.size));
      }
    }
  }
  reach_.assign(phases_, 0.0);
  reach_.back() = 1;
  for (int day = 0; day < horizon_days; ++day) {
    std::vector<double> before(phases_, 0.0);
    before.back() = 1;
    for (std::size_t i = 0; i + 1 < phases_; ++i) {
      for (std::size_t j = 0; j < phases_; ++j) before[i] += transition_[i * phases_ + j] * reach_[j];
    }
    reach_ = std::move(before);
  }
}

const std::shared_ptr<const PhaseTables>& PhaseTables::shipped() {
  static const auto tables = std::make_shared<const PhaseTables>(PhaseModel::shipped());
  return tables;
}

double PhaseTables::acts(std::span<const double> counts) const {
  double sum = nan;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const bool is_mediation = !model_.signals.empty() && i == index_of(Signal::mediation);
    if (!is_mediation && !std::isnan(counts[i])) sum = std::isnan(sum) ? counts[i] : sum + counts[i];
  }
  return sum;
}

void PhaseTables::add_log_likelihood(std::size_t signal, double count, double exposure, double slow,
                                     double* log_likelihood) const {
  if (std::isnan(count) || !(exposure > 0)) return;
  const bool is_small = count < table_end && std::floor(count) == count;
  const double* row = small_.data() + signal * phases_ * table_size + (is_small ? static_cast<std::size_t>(count) : 0);
  for (std::size_t k = 0; k < phases_; ++k, row += table_size) {
    const PhaseModel::Cell& cell = model_.cells[k][signal];
    const double mean = exposure * (cell.floor + cell.multiple * slow);
    if (!is_small || (cell.multiple == 0 && exposure != 1)) {
      log_likelihood[k] += log_pmf(count, mean, cell.size);
    } else if (cell.multiple == 0) {
      log_likelihood[k] += *row;
    } else if (std::isinf(cell.size)) {
      log_likelihood[k] += *row + count * std::log(mean) - mean;
    } else {
      log_likelihood[k] += *row - cell.size * std::log1p(mean / cell.size);
      if (count > 0) log_likelihood[k] += count * std::log(mean / (cell.size + mean));
    }
  }
}

void PhaseTables::advance(const double* today, double* tomorrow) const {
  std::fill(tomorrow, tomorrow + phases_, 0.0);
  const double* row = transition_.data();
  for (std::size_t i = 0; i < phases_; ++i, row += phases_) {
    for (std::size_t j = 0; j < phases_; ++j) tomorrow[j] += today[i] * row[j];
  }
}

double PhaseTables::p_reach(std::span<const double> posterior) const {
  double sum = 0;
  for (std::size_t k = 0; k < phases_; ++k) sum += posterior[k] * reach_[k];
  return std::min(sum, 1.0);
}

double condition_phases(std::span<double> prior, std::span<const double> log_likelihoods) {
  // The largest among phases that are possible at all, or all would underflow beside one that is not.
  double largest = -std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < prior.size(); ++k) {
    if (prior[k] > 0) largest = std::max(largest, log_likelihoods[k]);
  }
  double sum = 0;
  for (std::size_t k = 0; k < prior.size(); ++k) {
    if (prior[k] > 0) prior[k] *= std::exp(log_likelihoods[k] - largest);
    sum += prior[k];
  }
  for (double& p : prior) p /= sum;
  return largest + std::log(sum);
}

Phase::Phase(Options options)
    : tables_(std::move(options.tables)),
      baseline_(options.baseline),
      posterior_(tables_->phase_count()),
      prior_(tables_->phase_count()),
      log_likelihoods_(tables_->phase_count()) {}

Phase::Phase(Options options, State state) : Phase(options) {
  if (!state.posterior.empty() && state.posterior.size() != posterior_.size()) {
    throw StateError(concat("a saved phase has ", state.posterior.size(), " phases, expected ", posterior_.size(),
                            "; use the model it was saved with"));
  }
  has_begun_ = !state.posterior.empty();
  if (has_begun_) posterior_ = std::move(state.posterior);
  log_likelihood_ = state.log_likelihood;
  baseline_ = Baseline(options.baseline, std::move(state.baseline));
}

Phase::Reading Phase::step(std::span<const double> counts, double exposure) {
  if (has_begun_) {
    tables_->advance(posterior_.data(), prior_.data());
    std::swap(prior_, posterior_);
  } else {
    posterior_ = tables_->model().initial;
    has_begun_ = true;
  }
  double slow = 0;
  if (tables_->uses_slow_rate()) {
    const double acts = tables_->acts(counts);
    slow = baseline_.step(acts, std::isnan(acts) ? 0 : exposure).mean();
  }
  std::fill(log_likelihoods_.begin(), log_likelihoods_.end(), 0.0);
  bool is_collected = false;
  for (std::size_t s = 0; s < tables_->signal_count(); ++s) {
    const double count = counts[tables_->column(s)];
    tables_->add_log_likelihood(s, count, exposure, slow, log_likelihoods_.data());
    is_collected = is_collected || (exposure > 0 && !std::isnan(count));
  }
  if (is_collected) log_likelihood_ += condition_phases(posterior_, log_likelihoods_);
  return {posterior_, log_likelihood_, tables_.get()};
}

Phase::State Phase::state() const {
  return {has_begun_ ? posterior_ : std::vector<double>{}, log_likelihood_, baseline_.state()};
}

double Phase::Reading::entropy() const {
  double sum = 0;
  for (const double p : posterior) {
    if (p > 0) sum -= p * std::log(p);
  }
  return std::max(0.0, sum);
}

std::size_t Phase::Reading::most_likely() const {
  return static_cast<std::size_t>(std::max_element(posterior.begin(), posterior.end()) - posterior.begin());
}

}  // namespace tocsin
