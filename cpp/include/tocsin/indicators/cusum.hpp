#pragma once

namespace tocsin {

/// C4: has a rise lasted? Cumulative sum of the log-likelihood ratio of a rate `ratio` times as high (Page 1954,
/// Biometrika 41).
///
/// S = max(0, S + y ln rho + (y + r) ln((r + mu) / (r + rho mu))) with r = mu / (phi - 1), the negative binomial whose
/// variance is phi mu; with phi = 1 its Poisson limit S + y ln rho - mu (rho - 1). In nats.
class Cusum {
 public:
  struct Options {
    double ratio = 2;
  };
  struct State {
    double statistic = 0;

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("statistic", state.statistic);
    }
  };

  /// About one false alarm a year at one act a day, rho = 2, no overdispersion.
  static constexpr double default_threshold = 4;

  /// Range of false-alarm budgets, days.
  static constexpr double fewest_false_alarm_days = 30;
  static constexpr double most_false_alarm_days = 3650;

  /// The statistic above which a series without any rise comes once in `false_alarm_days`, for rho = 2; in nats.
  ///
  /// Bilinear in (log2 mean, log2 dispersion) and linear in ln days over a table of Markov chains (Brook and Evans
  /// 1972, Biometrika 59; tools/cusum_thresholds.py). A mean outside of 1/256..64 acts a day, a dispersion above 64 and
  /// days outside of the range count as the nearest inside.
  ///
  /// The budget is kept within 15 % where 2 dispersion <= mean false_alarm_days and mean <= 3 dispersion^2. Elsewhere a
  /// single act or a single day decides, the run length moves in jumps, and no threshold meets every budget.
  [[nodiscard]] static double threshold(double mean, double dispersion, double false_alarm_days);

  explicit Cusum(Options options) : ratio_(options.ratio) {}
  Cusum(Options options, State state) : ratio_(options.ratio), state_(state) {}

  /// @param mean      expected count of the day, exposure included
  /// @param exposure  0: not collected, the statistic stays
  double step(double count, double exposure, double mean, double dispersion);

  [[nodiscard]] double statistic() const { return state_.statistic; }
  [[nodiscard]] const State& state() const { return state_; }

 private:
  double ratio_;
  State state_;
};

}  // namespace tocsin
