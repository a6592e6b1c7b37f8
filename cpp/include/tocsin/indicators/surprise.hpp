#pragma once

#include <optional>

#include "tocsin/indicators/baseline.hpp"
#include "tocsin/indicators/cusum.hpp"
#include "tocsin/indicators/dispersion.hpp"
#include "tocsin/posterior.hpp"

namespace tocsin {

/// Upper tail of the predictive distribution of one day's count.
///
/// Y ~ negative binomial with mean mu = e a / b and variance phi mu + mu^2 / a: the Gamma-Poisson mixture, widened by
/// phi.
struct PredictiveTail {
  double log_tail;  // ln P(Y >= y)
  double log_pmf;   // ln P(Y = y)

  /// @param baseline  Gamma(a, b) posterior of the usual rate; @param dispersion  phi >= 1
  static PredictiveTail of(double count, double exposure, const GammaPosterior& baseline, double dispersion);

  [[nodiscard]] double bans() const;   // -log10 P(Y >= y), at most 12: a day like this comes once in 10^bans days
  [[nodiscard]] double mid_p() const;  // P(Y > y) + P(Y = y) / 2
  [[nodiscard]] double bits() const;   // -log2 P(Y = y)
};

/// C3, with C4 and the dispersion that it needs: how unusual is today, judged by the slow rate of the days before?
///
/// The three recursions depend on each other: the dispersion leaves out days on which the CUSUM is above half its
/// threshold, the CUSUM keeps its reference rate from then on, and both use the dispersion of the day before.
class Surprise {
 public:
  /// What fits pairs of states in two regions: one act in 200 days, and bursts (docs/decisions/0009).
  static constexpr Belief rare_acts{0.15, 30, 1.35};

  struct Options {
    Baseline::Options baseline;
    Cusum::Options cusum;
    double cusum_threshold = Cusum::default_threshold;
    std::optional<double> dispersion;  // absent: estimated
    /// What a day is judged by where nothing was seen yet. The slow rate, C4 and the phi of C0 keep their own.
    Belief unseen = Baseline::no_past;
  };
  struct Reading {
    double count;  // NaN: not collected
    double exposure;
    GammaPosterior baseline;  // the slow rate before today
    double dispersion;        // phi of yesterday
    double cusum;             // nats
    GammaPosterior usual;     // the slow rate and the phi that the day is judged by: those above but for what is
    double usual_dispersion;  // believed where nothing was seen

    [[nodiscard]] PredictiveTail tail() const;  // NaN where the day was not collected
  };
  struct State {
    Baseline::State baseline;
    Dispersion::State dispersion;
    Cusum::State cusum;
    double reference_rate = 0;  // what the CUSUM compares with while it is above half its threshold

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("baseline", state.baseline);
      visit("dispersion", state.dispersion);
      visit("cusum", state.cusum);
      visit("reference_rate", state.reference_rate);
    }
  };

  explicit Surprise(Options options);
  Surprise(Options options, State state);

  Reading step(double count, double exposure);

  [[nodiscard]] State state() const;

 private:
  Options options_;
  Baseline baseline_;
  Dispersion dispersion_;
  Cusum cusum_;
  double reference_rate_ = 0;
};

}  // namespace tocsin
