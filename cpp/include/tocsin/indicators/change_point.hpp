#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "tocsin/posterior.hpp"

namespace tocsin {

namespace run_columns {
struct Runs;
struct Sums;
}  // namespace run_columns

/// C6: has the tempo changed, and when? Online Bayesian change point detection (Adams & MacKay 2007, arXiv:0710.3742)
/// of a Gamma-Poisson rate.
///
/// R(t, 0) = h sum over r of R(t-1, r) pi(r), R(t, r+1) = (1-h) R(t-1, r) pi(r), normalised. r is the number of days in
/// the run, pi(r) the negative binomial probability of the day's count under Gamma(alpha(r), beta(r)), the posterior
/// of the run: mean mu = e alpha / beta, variance phi mu + mu^2 / alpha, as in C3. The posterior itself takes y / phi
/// and e / phi, as everywhere.
///
/// Once `keep` run lengths are held, some pairs of neighbours become one run each (8 of 64): their probability goes to
/// the more probable of the two.
///
/// R(t, 0) is the hazard h on every day, whatever the data, and cannot be asked for.
class ChangePoint {
 public:
  struct Options {
    double hazard = 0.01;          // probability that a run ends after a day
    int window_days = 14;          // what counts as recent
    std::optional<int> keep = 64;  // run lengths held, that of 0 days included; absent: all of them
  };
  /// After the day.
  struct Reading {
    double p_recent;      // P(r <= window_days); 1 in the first days, when every run is young
    double expected_run;  // days
    double map_run;       // the most probable run length, days
    double rate;          // acts a day, averaged over the runs
    double log_evidence;  // ln p(y of all days so far), nats
  };
  /// A run of at least one day.
  struct Run {
    std::int64_t days;
    double probability;
    GammaPosterior posterior;
  };
  struct State {
    std::vector<double> weights;  // the oldest run first; in proportion, a run weighs weight * 2^power
    std::vector<double> powers;
    std::vector<double> shapes;
    std::vector<double> rates;
    std::vector<std::int64_t> first_days;  // of the runs, counted from the first step
    double total = 0;                      // what all runs weigh
    std::vector<double> past_rates;        // Reading::rate of the last window_days + 1 days, as a ring
    std::int64_t days = 0;                 // steps so far
    std::int64_t first_collected = -1;     // day; -1: none yet
    double log_evidence = 0;

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("weights", state.weights);
      visit("powers", state.powers);
      visit("shapes", state.shapes);
      visit("rates", state.rates);
      visit("first_days", state.first_days);
      visit("total", state.total);
      visit("past_rates", state.past_rates);
      visit("days", state.days);
      visit("first_collected", state.first_collected);
      visit("log_evidence", state.log_evidence);
    }
  };

  explicit ChangePoint(Options options);
  /// @throws StateError if the state is of a window of another length, or its lists differ in length
  ChangePoint(Options options, const State& state);

  /// @param exposure  days of collection; 0: not collected, the runs grow older and nothing is learned
  /// @param prior     of the runs whose first day this is, and the dispersion phi of the day
  Reading step(double count, double exposure, const Belief& prior);

  /// sum over r = 1..window_days of R(r) P(rate of the run > Reading::rate of the day before the run), runs that hold
  /// the first collected day excluded: there was nothing to change from.
  [[nodiscard]] double p_recent_up() const;
  /// The same with one reference for all runs: P(r <= window_days and the rate is above `reference`), acts a day.
  [[nodiscard]] double p_recent_above(double reference) const;

  /// The run-length posterior, the youngest run first. The probabilities sum to 1 - hazard.
  [[nodiscard]] std::vector<Run> runs() const;
  [[nodiscard]] State state() const;

 private:
  void begin_run(const Belief& prior);
  [[nodiscard]] run_columns::Runs runs_in_blocks();
  [[nodiscard]] run_columns::Sums weigh(double count, double exposure, double dispersion, double& lifted);
  void learn_one_by_one(double count, double exposure, double dispersion);
  void merge_runs();
  void merge_two_runs(std::size_t older, std::size_t younger);
  void move_run(std::size_t from, std::size_t to);
  [[nodiscard]] double recent(std::int64_t first_day) const;
  void make_room();
  template <class Reference>
  [[nodiscard]] double recent_above(const Reference& reference_of) const;

  Options options_;
  // One entry a run, the oldest first, then entries of no weight up to whole blocks.
  std::vector<double> weights_, powers_, shapes_, rates_, first_days_, values_, costs_;
  std::size_t count_ = 0;  // runs held
  double total_;           // what they weigh
  std::vector<double> past_rates_;
  std::int64_t days_ = 0;
  std::int64_t first_collected_ = -1;
  double log_evidence_ = 0;
};

}  // namespace tocsin
