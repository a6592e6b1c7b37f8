#pragma once

#include <limits>

#include "tocsin/indicators/rate_ratio.hpp"
#include "tocsin/posterior.hpp"
#include "tocsin/trailing_window.hpp"

namespace tocsin {

/// C15: is mediation keeping up? Mediation acts per hostile act, and whose tempo grows faster.
///
/// The ratio of two Gamma rates over the same days is the odds of Beta(1/2 + mediation / phi, 1/2 + hostile / phi). A
/// window, not a discounted sum: only whole counts give an interval that covers what it says.
class MediationCoverage {
 public:
  struct Options {
    int window_days = 28;
    RateRatio::Options growth;
  };
  struct Reading {
    double mediation;  // acts in the window, on days when both were collected
    double hostile;
    double dispersion;
    RateRatio::Reading growth;  // of mediation
    double days_since;          // since the last day with mediation; NaN before the first
    double hostile_since;       // hostile acts after that day; NaN before the first

    [[nodiscard]] bool has_hostile() const { return hostile > 0; }  // false: a ratio per hostile act means nothing
    [[nodiscard]] BetaPosterior posterior() const { return {0.5 + mediation / dispersion, 0.5 + hostile / dispersion}; }
    /// Doublings by which hostile acts outgrew mediation; NaN where either growth is unknown
    [[nodiscard]] double gap(const RateRatio::Reading& hostile_growth) const;
  };
  struct State {
    TrailingWindow::State mediation;
    TrailingWindow::State hostile;
    RateRatio::State growth;
    double days_since = std::numeric_limits<double>::quiet_NaN();
    double hostile_since = std::numeric_limits<double>::quiet_NaN();

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("mediation", state.mediation);
      visit("hostile", state.hostile);
      visit("growth", state.growth);
      visit("days_since", state.days_since);
      visit("hostile_since", state.hostile_since);
    }
  };

  explicit MediationCoverage(Options options);
  MediationCoverage(Options options, State state);

  /// @param mediation, hostile  NaN: not collected
  /// @param exposure            days of collection of the day
  /// @param belief              about the rate of mediation; its dispersion is used throughout
  Reading step(double mediation, double hostile, double exposure, const Belief& belief);

  [[nodiscard]] State state() const;

 private:
  Options options_;
  TrailingWindow mediation_;
  TrailingWindow hostile_;
  RateRatio growth_;
  double days_since_ = std::numeric_limits<double>::quiet_NaN();
  double hostile_since_ = std::numeric_limits<double>::quiet_NaN();
};

}  // namespace tocsin
