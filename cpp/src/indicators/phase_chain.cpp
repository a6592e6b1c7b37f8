#include "phase_chain.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin {

SmoothedPhases smooth_phases(const PhaseTables& tables, const std::vector<double>& log_likelihoods) {
  const std::size_t phases = tables.phase_count();
  const std::size_t days = log_likelihoods.size() / phases;
  SmoothedPhases all;
  all.moves.assign(phases * phases, 0);
  if (days == 0) return all;
  std::vector<double> predicted(days * phases);
  std::vector<double> filtered(days * phases);
  std::copy(tables.model().initial.begin(), tables.model().initial.end(), predicted.begin());
  for (std::size_t t = 0; t < days; ++t) {
    double* today = filtered.data() + t * phases;
    if (t > 0) tables.advance(today - phases, predicted.data() + t * phases);
    std::copy_n(predicted.data() + t * phases, phases, today);
    all.log_likelihood += condition_phases({today, phases}, {log_likelihoods.data() + t * phases, phases});
  }
  all.posterior = filtered;
  std::vector<double> ratio(phases);
  for (std::size_t t = days - 1; t-- > 0;) {
    const double* tomorrow = all.posterior.data() + (t + 1) * phases;
    for (std::size_t j = 0; j < phases; ++j) {
      const double expected = predicted[(t + 1) * phases + j];
      ratio[j] = expected > 0 ? tomorrow[j] / expected : 0;
    }
    for (std::size_t i = 0; i < phases; ++i) {
      double sum = 0;
      const double now = filtered[t * phases + i];
      for (std::size_t j = 0; j < phases; ++j) {
        const double move = now * tables.model().transition[i][j] * ratio[j];
        all.moves[i * phases + j] += move;
        sum += move;
      }
      all.posterior[t * phases + i] = sum;
    }
  }
  return all;
}

std::vector<std::size_t> best_phase_path(const PhaseTables& tables, const std::vector<double>& log_likelihoods) {
  const std::size_t phases = tables.phase_count();
  const std::size_t days = log_likelihoods.size() / phases;
  if (days == 0) return {};
  const PhaseModel& model = tables.model();
  std::vector<double> best(phases);  // ln P of the best path that ends in each phase
  std::vector<double> next(phases);
  std::vector<std::size_t> from(days * phases);
  for (std::size_t k = 0; k < phases; ++k) best[k] = std::log(model.initial[k]) + log_likelihoods[k];
  for (std::size_t t = 1; t < days; ++t) {
    for (std::size_t j = 0; j < phases; ++j) {
      std::size_t origin = 0;
      double most = best[0] + std::log(model.transition[0][j]);
      for (std::size_t i = 1; i < phases; ++i) {
        const double value = best[i] + std::log(model.transition[i][j]);
        if (value > most) {
          most = value;
          origin = i;
        }
      }
      next[j] = most + log_likelihoods[t * phases + j];
      from[t * phases + j] = origin;
    }
    std::swap(best, next);
  }
  std::vector<std::size_t> path(days);
  path.back() = static_cast<std::size_t>(std::max_element(best.begin(), best.end()) - best.begin());
  for (std::size_t t = days - 1; t > 0; --t) path[t - 1] = from[t * phases + path[t]];
  return path;
}

}  // namespace tocsin
