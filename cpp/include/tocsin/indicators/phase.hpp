#pragma once

#include <memory>
#include <span>
#include <vector>

#include "tocsin/indicators/baseline.hpp"
#include "tocsin/indicators/phase_model.hpp"

namespace tocsin {

/// What a phase model means for a day of counts, computed once and shared between pairs. Immutable.
class PhaseTables {
 public:
  /// @param horizon_days  of the chance to reach the last phase
  /// @throws InputError  for a model that does not pass validate(), or a horizon below 0
  explicit PhaseTables(PhaseModel model, int horizon_days = 7);
  /// Of PhaseModel::shipped(), with a horizon of 7 days.
  [[nodiscard]] static const std::shared_ptr<const PhaseTables>& shipped();

  [[nodiscard]] const PhaseModel& model() const { return model_; }
  [[nodiscard]] std::size_t phase_count() const { return phases_; }
  [[nodiscard]] std::size_t signal_count() const { return signals_; }
  /// Where signal s stands in a day of counts.
  [[nodiscard]] std::size_t column(std::size_t signal) const { return columns_[signal]; }
  /// Whether any mean depends on the slow rate.
  [[nodiscard]] bool uses_slow_rate() const { return uses_slow_rate_; }
  /// All that the two did to each other on a day, hostile or not: what the slow rate is a rate of. NaN where nothing
  /// was collected. Mediation is not theirs; without names of signals every column counts.
  [[nodiscard]] double acts(std::span<const double> counts) const;

  /// Adds ln P(count | phase) of one signal to every phase. Nothing is added where the count is NaN.
  /// @param slow  slow rate of the pair before the day, acts a day
  void add_log_likelihood(std::size_t signal, double count, double exposure, double slow, double* log_likelihood) const;

  /// P(phase tomorrow) from P(phase today); the two do not overlap.
  void advance(const double* today, double* tomorrow) const;
  /// P(the last phase is reached within the horizon): the last phase made absorbing. A pair that is there has reached
  /// it.
  [[nodiscard]] double p_reach(std::span<const double> posterior) const;

 private:
  PhaseModel model_;
  std::size_t phases_;
  std::size_t signals_;
  std::vector<std::size_t> columns_;
  bool uses_slow_rate_ = false;
  std::vector<double> transition_;  // [from][to]
  std::vector<double> reach_;       // P(last phase within the horizon | phase)
  std::vector<double> small_;       // [signal][phase][count]: the part of ln P that does not depend on the mean,
                                    // or, where the mean is fixed, all of it
};

/// C13: in which phase is the crisis? Forward filter of a hidden Markov model (Hamilton 1989, Econometrica 57; Rabiner
/// 1989, Proc. IEEE 77).
///
/// P(phase today) ~ P(counts today | phase) * sum P(phase | yesterday) P(yesterday). What was not collected, a signal
/// or a whole day, has no say, but the transition still applies. O(K^2 + K S) a day, no look-ahead.
class Phase {
 public:
  struct Options {
    std::shared_ptr<const PhaseTables> tables = PhaseTables::shipped();
    Baseline::Options baseline;
  };
  struct State {
    std::vector<double> posterior;  // empty before the first day
    double log_likelihood = 0;      // ln P(all counts so far)
    Baseline::State baseline;

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("posterior", state.posterior);
      visit("log_likelihood", state.log_likelihood);
      visit("baseline", state.baseline);
    }
  };
  /// Valid until the next step.
  struct Reading {
    std::span<const double> posterior;
    double log_likelihood;  // of all days so far
    const PhaseTables* tables;

    [[nodiscard]] double entropy() const;  // nats, 0 to ln K
    [[nodiscard]] double p_reach() const { return tables->p_reach(posterior); }
    [[nodiscard]] std::size_t most_likely() const;
  };

  explicit Phase(Options options);
  /// @throws StateError if the state is of another model
  Phase(Options options, State state);

  /// @param counts    as many as the model has columns; NaN: not collected
  /// @param exposure  0: nothing of the day was collected
  Reading step(std::span<const double> counts, double exposure);

  [[nodiscard]] State state() const;

 private:
  std::shared_ptr<const PhaseTables> tables_;
  Baseline baseline_;
  std::vector<double> posterior_;
  std::vector<double> prior_;
  std::vector<double> log_likelihoods_;
  double log_likelihood_ = 0;
  bool has_begun_ = false;
};

/// The filter's own step, on its own: turns P(phase) before the day into P(phase) after it.
/// @param prior            P(phase) before the day; becomes the posterior
/// @param log_likelihoods  ln P(counts | phase)
/// @return ln P(counts | days before)
double condition_phases(std::span<double> prior, std::span<const double> log_likelihoods);

}  // namespace tocsin
