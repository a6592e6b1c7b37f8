#pragma once

#include <string_view>
#include <vector>

#include "tocsin/indicators/rate_ratio.hpp"

namespace tocsin {

/// C16: what follows mediation? Hostile acts in the days after it against the days before it, less the same on days of
/// the same pair without mediation that looked alike. An association, not an effect: mediators choose their moment.
///
/// An episode is a day t with mediation and no other mediation in t-w..t+w; it counts once day t+w has passed, so
/// nothing looks ahead. A matched day has no mediation in t-2w..t+w, so that its days before are not the days after an
/// episode, and the octave (C2 rounded to a doubling) and phase of an episode; matched days of a stratum are more than
/// 2 w apart, so that no act counts twice.
///
/// In a stratum d = L(episodes) - L(matched), L = ln((1/2 + a) / (1/2 + n)) after less before, of a acts in n days,
/// both divided by phi; Var d = the sum of trigamma(1/2 + a) over its four counts. The strata are averaged by episodes.
class PostMediationChange {
 public:
  static constexpr std::string_view label = "selection not removed";
  static constexpr int no_phase = -1;
  static constexpr int unknown_octave = 99;  // C2 has nothing to say: no act in both of its windows
  static constexpr int widest_octave = 4;    // rises and falls beyond four doublings are taken together

  struct Options {
    int window_days = 7;
  };
  struct Reading {
    double log_rate_ratio;  // NaN before the first episode
    double low;             // 90 % interval
    double high;
    double episodes;  // complete so far
    /// Those that the number rests on: episodes with a matched day in their stratum, or all while no episode has one.
    double compared_episodes;
    double matched_days;  // 0: nothing is subtracted, the number is the plain change
  };

  /// Acts and collected days in the windows of a kind of day.
  struct Windows {
    int count = 0;
    double acts_before = 0;
    double days_before = 0;
    double acts_after = 0;
    double days_after = 0;

    template <class Self, class Visit>
    static void fields(Self& windows, Visit&& visit) {
      visit("count", windows.count);
      visit("acts_before", windows.acts_before);
      visit("days_before", windows.days_before);
      visit("acts_after", windows.acts_after);
      visit("days_after", windows.days_after);
    }
  };
  struct Stratum {
    int octave = 0;
    int phase = no_phase;
    int days_since_matched = 0;  // meaningless while `matched` is empty
    Windows episodes;
    Windows matched;

    template <class Self, class Visit>
    static void fields(Self& stratum, Visit&& visit) {
      visit("octave", stratum.octave);
      visit("phase", stratum.phase);
      visit("days_since_matched", stratum.days_since_matched);
      visit("episodes", stratum.episodes);
      visit("matched", stratum.matched);
    }
  };
  struct Day {
    double mediation = 0;  // NaN: not collected
    double hostile = 0;
    double exposure = 0;
    int octave = unknown_octave;
    int phase = no_phase;

    template <class Self, class Visit>
    static void fields(Self& day, Visit&& visit) {
      visit("mediation", day.mediation);
      visit("hostile", day.hostile);
      visit("exposure", day.exposure);
      visit("octave", day.octave);
      visit("phase", day.phase);
    }
  };
  struct State {
    std::vector<Day> days;        // the last 3 w + 1, oldest first
    std::vector<Stratum> strata;  // in order of appearance: at most ten for each phase
    RateRatio::State growth;

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("days", state.days);
      visit("strata", state.strata);
      visit("growth", state.growth);
    }
  };

  explicit PostMediationChange(Options options);
  /// @throws StateError if the state was saved with another window
  PostMediationChange(Options options, State state);

  /// @param mediation, hostile  NaN: not collected. @param exposure  days of collection. @param phase  or `no_phase`
  void update(double mediation, double hostile, double exposure, int phase = no_phase);
  [[nodiscard]] Reading read(double dispersion) const;

  [[nodiscard]] State state() const { return {days_, strata_, growth_.state()}; }

 private:
  void judge(std::size_t day);
  [[nodiscard]] bool has_mediation(std::size_t first, std::size_t last) const;
  [[nodiscard]] Windows windows_around(std::size_t day) const;
  Stratum& stratum_of(const Day& day);

  std::size_t window_;
  std::vector<Day> days_;
  std::vector<Stratum> strata_;
  RateRatio growth_;
};

}  // namespace tocsin
