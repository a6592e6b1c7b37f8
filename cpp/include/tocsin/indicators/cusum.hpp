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
