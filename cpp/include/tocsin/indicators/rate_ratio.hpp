#pragma once

#include "tocsin/posterior.hpp"
#include "tocsin/trailing_window.hpp"

namespace tocsin {

/// C2: is it escalating? The rate of the recent window over that of the window before it, in doublings.
///
/// Recent days t-w+1..t, baseline the W days that end g days before them. With independent Gamma(a1, b1) and Gamma(a2,
/// b2) posteriors, b1 l1 / (b1 l1 + b2 l2) ~ Beta(a1, a2) exactly (Johnson, Kotz and Balakrishnan, Continuous
/// Univariate Distributions 2, chapter 25), which gives the interval and the probability of a rise.
class RateRatio {
 public:
  struct Options {
    int window_days = 7;
    int baseline_days = 28;
    int guard_days = 0;
  };
  struct Reading {
    GammaPosterior recent;
    GammaPosterior baseline;
    double recent_count;  // acts in the recent window; NaN where no day of it was collected
    bool is_known;  // false: no act in both windows, or a window without a collected day; every value below is NaN

    [[nodiscard]] double log2_ratio() const;
    [[nodiscard]] Interval interval() const;
    [[nodiscard]] double p_rising() const;         // P(recent rate > baseline rate)
    [[nodiscard]] double absolute_change() const;  // events a day
  };
  using State = TrailingWindow::State;

  explicit RateRatio(Options options);
  RateRatio(Options options, State state);

  Reading step(double count, double exposure, const Belief& belief);

  [[nodiscard]] const State& state() const { return days_.state(); }

 private:
  Options options_;
  TrailingWindow days_;
};

}  // namespace tocsin
