#pragma once

#include <array>
#include <cstdint>

#include "tocsin/config.hpp"
#include "tocsin/discounted_count.hpp"
#include "tocsin/hostile_share.hpp"
#include "tocsin/indicators/breadth.hpp"
#include "tocsin/indicators/material_share.hpp"
#include "tocsin/indicators/reciprocity.hpp"
#include "tocsin/indicators/rung.hpp"
#include "tocsin/trailing_window.hpp"

namespace tocsin {

enum class Component { level, rung, material_share, momentum, change, reproduction, reciprocity, spread, restraint };
inline constexpr std::size_t component_count = 9;

enum class Group { intensity, momentum, self_sustaining, spread, restraint_deficit };
inline constexpr std::size_t group_count = 5;

/// One value per component; NaN: could not be computed.
using Subscores = std::array<double, component_count>;
using Contributions = std::array<double, group_count>;

/// Why a component may be only partly known: signals collected over signals used; 0: it cannot be computed at all.
using Shares = std::array<double, component_count>;

/// The score of one day and the parts that it is made of.
struct ScoreParts {
  double score;  // left-to-right sum of the contributions that are not NaN; NaN below 60 % of the weight or where less
                 // than 40 % of it is covered
  double score_max;             // with every missing component at 1; with every one at 0 it is the score itself
  double coverage;              // share of the weight that was computed, counting partly collected components in part
  Contributions contributions;  // points of each group; NaN: no component of it could be computed

  static ScoreParts of(const Subscores& subscores, const Shares& shares, const Weights& weights);
};

/// Sampling interval of a score from posterior draws.
struct ScoreInterval {
  double low;
  double high;
  std::array<double, group_count> variance_shares;  // Cov(part, score) / Var(score); they sum to 1 (Euler; Tasche 1999)
};

/// C19: the composite escalation score, 0-100.
///
/// Its clock counts collected days: on a day on which nothing was collected every subscore stays where it was, for a
/// gap of up to `baseline_days`; what was seen before then loses weight day by day only in the interval, which widens.
/// The ladder and mediation are held in the same way while a part of what they need is missing. A day that was
/// collected more than once is brought down to one: more reports of the same crisis are not more crisis.
class Composite {
 public:
  /// What the score looks at on one day; NaN: not collected.
  struct Day {
    double exposure = 0;            // of the hostile cells; 0: no hostile count collected
    double whole_exposure = 0;      // of the day
    double collections = 1;         // how often it was collected
    bool knows_all_hostile = true;  // no hostile cell that the source collects is missing
    double hostile = 0;
    double rhetoric = 0;
    double material = 0;
    double forward = 0;
    double backward = 0;
    std::array<double, 6> kinds{};  // direction x hostile signal
    double mediation = 0;
    double cooperation = 0;
    RungCounts rungs{};
  };
  /// Of the last collected day: slow rates (acts a day) and dispersion before it, change and reproduction after it.
  struct Background {
    double hostile = 0;
    double forward = 0;
    double backward = 0;
    double mediation = 0;
    double dispersion = 1;
    double change = 0;              // C6: P(the tempo changed lately and is above the slow rate)
    double reproduction_shape = 1;  // C11, Gamma
    double reproduction_rate = 2;

    template <class Self, class Visit>
    static void fields(Self& background, Visit&& visit) {
      visit("hostile", background.hostile);
      visit("forward", background.forward);
      visit("backward", background.backward);
      visit("mediation", background.mediation);
      visit("dispersion", background.dispersion);
      visit("change", background.change);
      visit("reproduction_shape", background.reproduction_shape);
      visit("reproduction_rate", background.reproduction_rate);
    }
  };
  /// Sums on the score's own clock, from which central values and draws are formed.
  struct Reading {
    bool is_usable;    // false before the first collected day and after too long a gap
    double hostile;    // n: discounted hostile acts
    double exposure;   // B
    double freshness;  // share of that evidence that the calendar has left: below 1 after days not collected
    double mediation;  // m
    HostileShare::Reading hostile_share;
    MaterialShare::Reading material;
    Reciprocity::Reading reciprocity;
    double kinds;  // Hill number of the six kinds
    int supported_max;
    TrailingWindow::Sum recent;
    TrailingWindow::Sum baseline;
    Background background;   // its dispersion that of days brought down to one collection
    double hostile_known;    // share of the recent hostile cells that were collected
    double mediation_known;  // and of the recent days' mediation
  };
  struct State {
    DiscountedCount::State hostile;
    DiscountedCount::State calendar;
    DiscountedCount::State mediation;
    DiscountedCount::State collections;
    HostileShare::State hostile_share;
    MaterialShare::State material;
    Reciprocity::State reciprocity;
    Breadth::State kinds;
    Rung::State rung;
    TrailingWindow::State days;
    DiscountedCount::State hostile_known;
    DiscountedCount::State mediation_known;
    int gap_days = 0;
    int partial_days = 0;
    int unmediated_days = 0;

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("hostile", state.hostile);
      visit("calendar", state.calendar);
      visit("mediation", state.mediation);
      visit("collections", state.collections);
      visit("hostile_share", state.hostile_share);
      visit("material", state.material);
      visit("reciprocity", state.reciprocity);
      visit("kinds", state.kinds);
      visit("rung", state.rung);
      visit("days", state.days);
      visit("hostile_known", state.hostile_known);
      visit("mediation_known", state.mediation_known);
      visit("gap_days", state.gap_days);
      visit("partial_days", state.partial_days);
      visit("unmediated_days", state.unmediated_days);
    }
  };

  explicit Composite(const Config& config);
  Composite(const Config& config, State state);

  void step(const Day& day);
  [[nodiscard]] Reading read(const Background& found) const;

  /// Central subscores. @param shares  components with share 0 are missing
  [[nodiscard]] static Subscores subscores(const Reading& reading, const Shares& shares, const Config& config);

  /// @param pair_key  the draws depend on (seed, pair, draw) alone, so that they are the same across days and panels
  [[nodiscard]] static ScoreInterval interval(const Reading& reading, const Shares& shares, const Config& config,
                                              std::uint64_t pair_key);

  /// What of a dispersion is left where the collected days so far are brought down to one collection: rows that say the
  /// same again scatter more than single ones.
  [[nodiscard]] double dispersion_of_one_collection(double dispersion) const;
  /// Days in a row, up to the last, without a hostile count.
  [[nodiscard]] int gap_days() const { return gap_days_; }
  [[nodiscard]] State state() const;

 private:
  void advance(const Day& day);
  static ScoreInterval drawn_interval(const Reading& reading, const Shares& shares, const Config& config,
                                      std::uint64_t pair_key);

  int recent_days_;
  int baseline_days_;
  DiscountedCount hostile_;
  DiscountedCount calendar_;  // exposure on the calendar's clock
  DiscountedCount mediation_;
  DiscountedCount collections_;  // how often the days were collected, over their number
  HostileShare hostile_share_;
  MaterialShare material_;
  Reciprocity reciprocity_;
  Breadth kinds_;
  Rung rung_;
  TrailingWindow days_;
  DiscountedCount hostile_known_;    // exposure of the hostile cells that were collected, beside that of the days
  DiscountedCount mediation_known_;  // the same of mediation
  int gap_days_ = 0;                 // in a row without a hostile count
  int partial_days_ = 0;             // in a row with some hostile cells missing
  int unmediated_days_ = 0;          // in a row on which mediation was not collected
};

}  // namespace tocsin
