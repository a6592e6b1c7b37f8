#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin {

/// Shares of the five groups in the score; they sum to 1. Inside a group the components share equally.
struct Weights {
  double intensity = 0.2;
  double momentum = 0.2;
  double self_sustaining = 0.2;
  double spread = 0.2;
  double restraint_deficit = 0.2;

  template <class Self, class Visit>
  static void fields(Self& weights, Visit&& visit) {
    visit("intensity", weights.intensity);
    visit("momentum", weights.momentum);
    visit("self_sustaining", weights.self_sustaining);
    visit("spread", weights.spread);
    visit("restraint_deficit", weights.restraint_deficit);
  }

  friend bool operator==(const Weights&, const Weights&) = default;
};

/// Where each subscore is 0 and 1. Fixed and published: adding a day or a pair never rewrites history (INDICATORS C19).
struct Goalposts {
  double level_low_log2 = -8;     // acts a day, as a power of 2: 1/256 a day scores 0
  double level_high_log2 = 4;     // 16 a day scores 1
  double rung = 6;                // the supported maximum that scores 1
  double material_share = 0.8;    // share of deeds that scores 1
  double momentum_doublings = 4;  // doublings over the month before that score 1
  double reproduction_low = 0.5;  // reproduction number that scores 0
  double reproduction_high = 2;   // and 1
  double evidence_acts = 5;       // acts at which a share is half believed: g = n / (n + 5)
  double acts_per_mediation = 3;  // hostile acts that one mediator-day answers

  template <class Self, class Visit>
  static void fields(Self& goalposts, Visit&& visit) {
    visit("level_low_log2", goalposts.level_low_log2);
    visit("level_high_log2", goalposts.level_high_log2);
    visit("rung", goalposts.rung);
    visit("material_share", goalposts.material_share);
    visit("momentum_doublings", goalposts.momentum_doublings);
    visit("reproduction_low", goalposts.reproduction_low);
    visit("reproduction_high", goalposts.reproduction_high);
    visit("evidence_acts", goalposts.evidence_acts);
    visit("acts_per_mediation", goalposts.acts_per_mediation);
  }

  friend bool operator==(const Goalposts&, const Goalposts&) = default;
};

/// Every choice that a score depends on. Part of every result.
struct Config {
  int composite = 2;  // edition of the score's formulas: another one gives other numbers from the same counts
  double half_life_fast_days =
      3;  // about a quarter of the shortest gap between an attack and a reprisal (11 to 15 days)
  double half_life_medium_days = 14;  // about one whole gap
  double half_life_slow_days = 180;   // long enough not to learn the crisis as normal
  int settle_days = 2;                // the last days of a calendar are provisional: reports still come in
  int warm_up_days = 60;              // collected days before a score is more than warming up
  int recent_days = 7;
  int baseline_days = 28;
  int guard_days = 2;    // days between today and what today is compared with
  double hazard = 0.01;  // chance of a change point a day (C6)
  int draws = 500;       // posterior draws behind a score's interval
  std::uint64_t seed = 1;
  double min_events = 5;  // recent acts below which nothing is said about a trend
  Weights weights;
  Goalposts goalposts;

  template <class Self, class Visit>
  static void fields(Self& config, Visit&& visit) {
    visit("composite", config.composite);
    visit("half_life_fast_days", config.half_life_fast_days);
    visit("half_life_medium_days", config.half_life_medium_days);
    visit("half_life_slow_days", config.half_life_slow_days);
    visit("settle_days", config.settle_days);
    visit("warm_up_days", config.warm_up_days);
    visit("recent_days", config.recent_days);
    visit("baseline_days", config.baseline_days);
    visit("guard_days", config.guard_days);
    visit("hazard", config.hazard);
    visit("draws", config.draws);
    visit("seed", config.seed);
    visit("min_events", config.min_events);
    visit("weights", config.weights);
    visit("goalposts", config.goalposts);
  }

  /// @throws ConfigError with the JSON pointer of the first value that is out of range
  void validate() const;

  /// Strict: an unknown, duplicate or mistyped key is an error; keys that are not there keep their defaults.
  /// @throws ConfigError
  static Config from_json(std::string_view text);
  [[nodiscard]] std::string to_json() const;

  friend bool operator==(const Config&, const Config&) = default;
};

}  // namespace tocsin
