#pragma once

#include <cstdint>
#include <vector>

namespace tocsin {

/// C17, experimental, and no part of the score: does the series recover more slowly from its shocks, as systems do that
/// are about to tip? (Scheffer and others 2009, Nature 461; Dakos and others 2012, PLoS ONE 7.)
///
/// Over the last `window_days` counts, x = 2 sqrt(y + 3/8) (Anscombe 1948, Biometrika 35), whose variance hardly
/// depends on the level: `lag1` is the lag-1 autocorrelation of x less its least-squares line; `variance_to_mean` that
/// of the counts; `kendall_tau` the tau-b of x with time; `p_value` the share (1 + n) / (1 + N) of N phase-randomised
/// surrogates of the detrended x whose tau is at least as high.
class SlowingDown {
 public:
  struct Options {
    int window_days = 60;
    bool stabilises_variance = true;  // false: x = y
    int surrogates = 199;
    std::uint64_t seed = 1;
  };
  /// All NaN until the window is full and while a day in it is missing; all but the variance where x is on a line.
  struct Reading {
    double lag1;
    double variance_to_mean;
    double kendall_tau;
    double p_value;
  };
  struct State {
    std::vector<double> days;  // oldest first; NaN: not collected

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("days", state.days);
    }
  };

  explicit SlowingDown(Options options) : options_(options) {}
  /// @throws StateError if the state holds more days than the window
  SlowingDown(Options options, State state);

  /// @param exposure  0: not collected, `count` is not looked at
  void update(double count, double exposure);
  /// The surrogates have the same phases on every day, so that equal windows read the same.
  [[nodiscard]] Reading read() const;

  [[nodiscard]] const State& state() const { return state_; }

 private:
  Options options_;
  State state_;
};

}  // namespace tocsin
