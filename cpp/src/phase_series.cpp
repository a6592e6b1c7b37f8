#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "indicators/phase_chain.hpp"
#include "phase_input.hpp"
#include "series_input.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "tocsin/series.hpp"

namespace tocsin::series {

namespace {

void require_table(const Table& y, const Counts& exposure, const PhaseModel& model) {
  if (y.cols() != static_cast<Eigen::Index>(model.column_count())) {
    throw InputError(concat("y has ", y.cols(), " columns, expected ", model.column_count(),
                            model.signals.empty() ? ", one for each mean of a phase"
                                                  : ": rhetoric, military, punitive, mediation, cooperation"));
  }
  require_phase_counts(y, model.signals);
  require_exposure(exposure, y.rows());
}

double exposure_on(const Counts& exposure, Eigen::Index t) { return exposure.size() == 0 ? 1 : exposure[t]; }

std::span<const double> row_of(const Table& y, Eigen::Index t) {
  return {y.data() + t * y.outerStride(), static_cast<std::size_t>(y.cols())};
}

// ln P(counts of the day | phase), [day][phase], as the filter sees them.
std::vector<double> log_likelihoods_of(const Table& y, const Counts& exposure, const Phase::Options& options) {
  const PhaseTables& tables = *options.tables;
  std::vector<double> all(static_cast<std::size_t>(y.rows()) * tables.phase_count());
  Baseline baseline(options.baseline);
  for (Eigen::Index t = 0; t < y.rows(); ++t) {
    const double acts = tables.acts(row_of(y, t));
    const double slow = baseline.step(acts, std::isnan(acts) ? 0 : exposure_on(exposure, t)).mean();
    for (std::size_t s = 0; s < tables.signal_count(); ++s) {
      tables.add_log_likelihood(s, row_of(y, t)[tables.column(s)], exposure_on(exposure, t), slow,
                                all.data() + static_cast<std::size_t>(t) * tables.phase_count());
    }
  }
  return all;
}

}  // namespace

void require_phase_counts(const Table& y, const std::vector<std::string>& signals) {
  for (Eigen::Index c = 0; c < y.cols(); ++c) {
    const std::string name = concat("y[:, ", c, "]");
    const bool is_mediation = !signals.empty() && static_cast<std::size_t>(c) == index_of(Signal::mediation);
    if (is_mediation) {
      require_amounts(y.col(c), name);
    } else {
      require_counts(y.col(c), name);
    }
  }
}

CrisisPhase phase(const Table& y, const Counts& exposure, const Phase::Options& options) {
  require_table(y, exposure, options.tables->model());
  const auto phases = static_cast<Eigen::Index>(options.tables->phase_count());
  CrisisPhase result{{y.rows(), phases}, Array(y.rows()), Array(y.rows()), Array(y.rows())};
  Phase recursion(options);
  for (Eigen::Index t = 0; t < y.rows(); ++t) {
    const Phase::Reading reading = recursion.step(row_of(y, t), exposure_on(exposure, t));
    for (Eigen::Index k = 0; k < phases; ++k) result.posterior(t, k) = reading.posterior[static_cast<std::size_t>(k)];
    result.entropy[t] = reading.entropy();
    result.p_reach_hostilities[t] = reading.p_reach();
    result.log_likelihood[t] = reading.log_likelihood;
  }
  return result;
}

WholePhases phase_smooth(const Table& y, const Counts& exposure, const Phase::Options& options) {
  require_table(y, exposure, options.tables->model());
  const SmoothedPhases smoothed = smooth_phases(*options.tables, log_likelihoods_of(y, exposure, options));
  const auto phases = static_cast<Eigen::Index>(options.tables->phase_count());
  return {Eigen::Map<const Phases>(smoothed.posterior.data(), y.rows(), phases), smoothed.log_likelihood};
}

Array phase_path(const Table& y, const Counts& exposure, const Phase::Options& options) {
  require_table(y, exposure, options.tables->model());
  const std::vector<std::size_t> path = best_phase_path(*options.tables, log_likelihoods_of(y, exposure, options));
  Array numbers(y.rows());
  for (Eigen::Index t = 0; t < y.rows(); ++t) numbers[t] = static_cast<double>(path[static_cast<std::size_t>(t)]);
  return numbers;
}

}  // namespace tocsin::series
