#include "tocsin/indicators/phase_fit.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "phase_cells.hpp"
#include "phase_chain.hpp"
#include "phase_input.hpp"
#include "random.hpp"
#include "series_input.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "tocsin/signal.hpp"

namespace tocsin {

namespace {

constexpr std::size_t not_collected = static_cast<std::size_t>(-1);
constexpr double steps_a_doubling = 16;

double rounded(double slow) { return std::exp2(std::round(std::log2(slow) * steps_a_doubling) / steps_a_doubling); }

/// The series as the fit needs them: every day and signal is a number of a group of equal days.
struct GroupedSeries {
  std::vector<std::vector<CountGroup>> groups;              // by signal
  std::vector<std::vector<std::vector<std::size_t>>> days;  // [series][signal][day], the group

  GroupedSeries(const std::vector<PhaseFit::Counts>& series, const PhaseTables& tables)
      : groups(tables.signal_count()) {
    std::vector<std::map<std::pair<double, double>, std::size_t>> known(groups.size());
    for (const PhaseFit::Counts& counts : series) {
      days.emplace_back(groups.size());
      Baseline baseline{Baseline::Options{}};
      for (Eigen::Index t = 0; t < counts.rows(); ++t) {
        const std::span<const double> today{counts.data() + t * counts.cols(), static_cast<std::size_t>(counts.cols())};
        const double acts = tables.acts(today);
        const double usual = baseline.step(acts, std::isnan(acts) ? 0 : 1).mean();
        const double slow = tables.uses_slow_rate() ? rounded(usual) : 0;
        for (std::size_t s = 0; s < groups.size(); ++s) {
          const double count = today[tables.column(s)];
          if (std::isnan(count)) {
            days.back()[s].push_back(not_collected);
            continue;
          }
          const auto [place, is_new] = known[s].try_emplace({count, slow}, groups[s].size());
          if (is_new) groups[s].push_back({count, slow});
          days.back()[s].push_back(place->second);
        }
      }
    }
  }
};

/// What the E step knows: expected days by phase and group, moves, first days, and the likelihood.
struct Expected {
  std::vector<std::vector<std::vector<double>>> weights;  // [phase][signal][group]
  std::vector<double> moves;
  std::vector<double> first;
  double log_likelihood = 0;
};

Expected expect(const GroupedSeries& data, const PhaseTables& tables) {
  const std::size_t phases = tables.phase_count();
  const std::size_t signals = tables.signal_count();
  std::vector<std::vector<double>> log_likelihoods(signals);  // [signal][group * phases + phase]
  Expected all{{}, std::vector<double>(phases * phases), std::vector<double>(phases), 0};
  all.weights.resize(phases, std::vector<std::vector<double>>(signals));
  for (std::size_t s = 0; s < signals; ++s) {
    const std::vector<CountGroup>& groups = data.groups[s];
    log_likelihoods[s].resize(groups.size() * phases);
    for (std::size_t g = 0; g < groups.size(); ++g) {
      tables.add_log_likelihood(s, groups[g].count, 1, groups[g].slow, log_likelihoods[s].data() + g * phases);
    }
    for (std::size_t k = 0; k < phases; ++k) all.weights[k][s].resize(groups.size());
  }
  for (const auto& series : data.days) {
    const std::size_t length = series.front().size();
    if (length == 0) continue;
    std::vector<double> of_days(length * phases);
    for (std::size_t s = 0; s < signals; ++s) {
      for (std::size_t t = 0; t < length; ++t) {
        if (series[s][t] == not_collected) continue;
        for (std::size_t k = 0; k < phases; ++k) {
          of_days[t * phases + k] += log_likelihoods[s][series[s][t] * phases + k];
        }
      }
    }
    const SmoothedPhases smoothed = smooth_phases(tables, of_days);
    all.log_likelihood += smoothed.log_likelihood;
    for (std::size_t i = 0; i < all.moves.size(); ++i) all.moves[i] += smoothed.moves[i];
    for (std::size_t k = 0; k < phases; ++k) {
      all.first[k] += smoothed.posterior[k];
      for (std::size_t s = 0; s < signals; ++s) {
        std::vector<double>& weights = all.weights[k][s];
        for (std::size_t t = 0; t < length; ++t) {
          if (series[s][t] != not_collected) weights[series[s][t]] += smoothed.posterior[t * phases + k];
        }
      }
    }
  }
  return all;
}

// Dirichlet prior: `days` more days that moved as the start says.
std::vector<double> shares(const double* counts, const std::vector<double>& start, double days) {
  std::vector<double> row(start.size());
  double sum = 0;
  for (std::size_t j = 0; j < row.size(); ++j) {
    row[j] = counts[j] + days * start[j];
    sum += row[j];
  }
  if (!(sum > 0)) return start;
  for (double& p : row) p /= sum;
  return row;
}

bool is_tied(const PhaseFit::Options& options, std::size_t phase, std::size_t signal) {
  return std::any_of(options.ties.begin(), options.ties.end(),
                     [&](const PhaseFit::Tie& tie) { return tie.phase == phase && tie.signal == signal; });
}

double log_prior(const PhaseModel& model, const PhaseModel& start, const PhaseFit::Options& options) {
  double sum = 0;
  const auto add = [&](double p, double pseudo) {
    if (pseudo > 0) sum += pseudo * std::log(p);
  };
  for (std::size_t k = 0; k < model.phase_count(); ++k) {
    add(model.initial[k], options.prior_days * start.initial[k]);
    for (std::size_t j = 0; j < model.phase_count(); ++j) {
      add(model.transition[k][j], options.prior_days * start.transition[k][j]);
    }
    for (std::size_t s = 0; s < model.signal_count(); ++s) {
      if (is_tied(options, k, s)) continue;  // one cell, one prior
      sum += log_prior(model.cells[k][s], start.cells[k][s], options.prior_spread);
    }
  }
  return sum;
}

PhaseModel maximise(const PhaseModel& model, const Expected& expected, const GroupedSeries& data,
                    const PhaseModel& start, const PhaseFit::Options& options) {
  PhaseModel better = model;
  const std::size_t phases = model.phase_count();
  better.initial = shares(expected.first.data(), start.initial, options.prior_days);
  for (std::size_t k = 0; k < phases; ++k) {
    better.transition[k] =
        shares(expected.moves.data() + k * phases, options.prior_days > 0 ? start.transition[k] : model.transition[k],
               options.prior_days);
    for (std::size_t s = 0; s < model.signal_count(); ++s) {
      if (is_tied(options, k, s)) {
        better.cells[k][s] = better.cells[k - 1][s];
        continue;
      }
      std::vector<double> weights = expected.weights[k][s];
      for (std::size_t next = k + 1; next < phases && is_tied(options, next, s); ++next) {
        for (std::size_t g = 0; g < weights.size(); ++g) weights[g] += expected.weights[next][s][g];
      }
      better.cells[k][s] = improve_cell(model.cells[k][s], data.groups[s], weights, start.cells[k][s],
                                        {options.prior_spread, options.keeps_multiples});
    }
  }
  return better;
}

void require_series(const std::vector<PhaseFit::Counts>& series, const PhaseModel& start) {
  const auto columns = static_cast<Eigen::Index>(start.column_count());
  Eigen::Index days = 0;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (series[i].cols() != columns) {
      throw InputError(concat("series ", i, " has ", series[i].cols(), " columns, expected ", columns));
    }
    series::require_phase_counts(series[i], start.signals);
    days += series[i].rows();
  }
  if (days == 0) throw InputError("there is no day to fit a phase model to");
}

void require_ties(const std::vector<PhaseFit::Tie>& ties, const PhaseModel& start) {
  for (const PhaseFit::Tie& tie : ties) {
    const std::string where = concat("tie of phase ", tie.phase, ", signal ", tie.signal);
    if (tie.phase < 1 || tie.phase >= start.phase_count() || tie.signal >= start.signal_count()) {
      throw InputError(concat(where, ": expected a phase from 1 to ", start.phase_count() - 1, " and a signal below ",
                              start.signal_count()));
    }
    const PhaseModel::Cell& cell = start.cells[tie.phase][tie.signal];
    const PhaseModel::Cell& before = start.cells[tie.phase - 1][tie.signal];
    if (cell.floor != before.floor || cell.multiple != before.multiple || cell.size != before.size) {
      throw InputError(concat(where, ": the start has other numbers there than in phase ", tie.phase - 1,
                              "; give both the same floor, multiple and size"));
    }
  }
}

// Quantiles of the days' totals, each times a random factor, shared out over the columns as their means are.
PhaseModel random_start(const std::vector<PhaseFit::Counts>& series, std::size_t phases, bool is_poisson,
                        random::Stream& stream) {
  const Eigen::Index columns = series.front().cols();
  std::vector<double> values;
  std::vector<std::vector<double>> means(phases, std::vector<double>(static_cast<std::size_t>(columns)));
  std::vector<std::vector<double>> sizes(is_poisson ? 0 : phases,
                                         std::vector<double>(static_cast<std::size_t>(columns), 2));
  for (std::size_t c = 0; c < static_cast<std::size_t>(columns); ++c) {
    values.clear();
    for (const PhaseFit::Counts& counts : series) {
      for (Eigen::Index t = 0; t < counts.rows(); ++t) {
        const double count = counts(t, static_cast<Eigen::Index>(c));
        if (!std::isnan(count)) values.push_back(count);
      }
    }
    std::sort(values.begin(), values.end());
    for (std::size_t k = 0; k < phases && !values.empty(); ++k) {
      const double level = (static_cast<double>(k) + stream.next_uniform()) / static_cast<double>(phases);
      const double value = values[static_cast<std::size_t>(level * static_cast<double>(values.size()))];
      means[k][c] = (value + 0.1 * static_cast<double>(k + 1)) * std::exp(0.3 * random::normal(stream));
    }
  }
  const double stay = 0.8 + 0.19 * stream.next_uniform();
  const double move = phases > 1 ? (1 - stay) / static_cast<double>(phases - 1) : 0;
  std::vector<std::vector<double>> transition(phases, std::vector<double>(phases, move));
  for (std::size_t k = 0; k < phases; ++k) transition[k][k] = phases > 1 ? stay : 1;
  return PhaseModel::fixed(std::move(transition), means, std::vector<double>(phases, 1 / static_cast<double>(phases)),
                           sizes);
}

}  // namespace

PhaseFit PhaseFit::from(const std::vector<Counts>& series, const PhaseModel& start, const Options& options) {
  start.validate();
  require_series(series, start);
  require_ties(options.ties, start);
  series::require_at_least(options.most_iterations, 1, "most_iterations");
  series::require_at_least(options.tolerance, 0, "tolerance");
  series::require_at_least(options.prior_days, 0, "prior_days");
  if (!(options.prior_spread > 0)) {
    throw InputError(concat("prior_spread is ", shortest(options.prior_spread), ", expected a number above 0"));
  }
  PhaseTables tables(start);
  const GroupedSeries data(series, tables);
  PhaseFit fit;
  fit.model = start;
  Expected expected = expect(data, tables);
  fit.log_likelihood = expected.log_likelihood;
  fit.log_posterior = expected.log_likelihood + log_prior(start, start, options);
  while (fit.iterations < options.most_iterations && !fit.has_converged) {
    const PhaseModel better = maximise(fit.model, expected, data, start, options);
    tables = PhaseTables(better);
    expected = expect(data, tables);
    const double log_posterior = expected.log_likelihood + log_prior(better, start, options);
    ++fit.iterations;
    fit.has_converged = log_posterior - fit.log_posterior < options.tolerance;
    // Of a step that gained nothing but rounding, the better end is kept.
    if (log_posterior < fit.log_posterior) break;
    fit.model = better;
    fit.log_likelihood = expected.log_likelihood;
    fit.log_posterior = log_posterior;
  }
  fit.model.order_phases();
  return fit;
}

PhaseFit PhaseFit::from_random_starts(const std::vector<Counts>& series, int phases, bool is_poisson, int starts,
                                      std::uint64_t seed, const Options& options) {
  series::require_at_least(phases, 1, "phases");
  series::require_at_least(starts, 1, "starts");
  if (series.empty() || series.front().cols() == 0) throw InputError("there is no day to fit a phase model to");
  std::optional<PhaseFit> best;
  for (int i = 0; i < starts; ++i) {
    random::Stream stream(random::combine_keys(seed, static_cast<std::uint64_t>(i)));
    const PhaseModel start = random_start(series, static_cast<std::size_t>(phases), is_poisson, stream);
    PhaseFit fit = from(series, start, options);
    if (!best || fit.log_posterior > best->log_posterior) best = std::move(fit);
  }
  return *std::move(best);
}

}  // namespace tocsin
