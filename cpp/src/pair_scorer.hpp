#pragma once

#include <cstdint>

#include "pair_day.hpp"
#include "tocsin/act_history.hpp"
#include "tocsin/collections.hpp"
#include "tocsin/composite.hpp"
#include "tocsin/indicators/attention_share.hpp"
#include "tocsin/indicators/baseline.hpp"
#include "tocsin/indicators/change_point.hpp"
#include "tocsin/indicators/discounted_rate.hpp"
#include "tocsin/indicators/ears.hpp"
#include "tocsin/indicators/goldstein_balance.hpp"
#include "tocsin/indicators/mediation_coverage.hpp"
#include "tocsin/indicators/phase.hpp"
#include "tocsin/indicators/post_mediation_change.hpp"
#include "tocsin/indicators/reproduction_number.hpp"
#include "tocsin/indicators/surprise.hpp"
#include "tocsin/scores.hpp"

namespace tocsin {

enum class Detail { values, intervals };

/// All indicators and the score of one pair, a day at a time. Batch scoring is a loop over it; the monitor keeps it
/// alive.
class PairScorer {
 public:
  struct State {
    Collections::State collections;
    Surprise::State hostile;
    DiscountedRate::State rate;
    DiscountedRate::State rate_fast;
    RateRatio::State ratio;
    Baseline::State forward;
    Baseline::State backward;
    Baseline::State mediation;
    ChangePoint::State change;
    ReproductionNumber::State reproduction;
    Phase::State phase;
    ActHistory::State history;
    Baseline::State before_history;
    Ears::State ears;
    PostMediationChange::State after_mediation;
    MediationCoverage::State coverage;
    MaterialShare::State material;
    Rung::State rung;
    Reciprocity::State reciprocity;
    Breadth::State breadth;
    GoldsteinBalance::State goldstein;
    Composite::State composite;
    Composite::Background background;
    int collected_days = 0;

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("collections", state.collections);
      visit("hostile", state.hostile);
      visit("rate", state.rate);
      visit("rate_fast", state.rate_fast);
      visit("ratio", state.ratio);
      visit("forward", state.forward);
      visit("backward", state.backward);
      visit("mediation", state.mediation);
      visit("change", state.change);
      visit("reproduction", state.reproduction);
      visit("phase", state.phase);
      visit("history", state.history);
      visit("before_history", state.before_history);
      visit("ears", state.ears);
      visit("after_mediation", state.after_mediation);
      visit("coverage", state.coverage);
      visit("material", state.material);
      visit("rung", state.rung);
      visit("reciprocity", state.reciprocity);
      visit("breadth", state.breadth);
      visit("goldstein", state.goldstein);
      visit("composite", state.composite);
      visit("background", state.background);
      visit("collected_days", state.collected_days);
    }
  };

  PairScorer(const Config& config, const Collected& collected);
  PairScorer(const Config& config, const Collected& collected, State state);

  /// Takes the next day of the calendar.
  void update(const PairDay& day);

  /// The row of the day that was taken last.
  [[nodiscard]] ScoreRow read(Detail detail, std::uint64_t pair_key, bool is_provisional) const;

  [[nodiscard]] State state() const;
  [[nodiscard]] const ActHistory& history() const { return history_; }

 private:
  /// What the recursions said on the last day.
  struct Readings {
    bool is_collected = false;
    Surprise::Reading hostile{};
    GammaPosterior rate{};
    GammaPosterior rate_fast{};
    RateRatio::Reading ratio{};
    ReproductionNumber::Reading reproduction{};
    std::array<double, 4> phases{};
    double p_hostilities_soon = 0;
    double ears = 0;
    double hostile_count = 0;
    double total = 0;
    MediationCoverage::Reading coverage{};
    GoldsteinBalance::Reading goldstein{};
  };

  /// That the tempo changed lately and is above what is usual. It costs more than all else that a day does, and is not
  /// found before it is asked for.
  [[nodiscard]] double p_change_up() const;
  [[nodiscard]] Composite::Background background(double p_change_up) const;
  [[nodiscard]] Composite::Background background() const {
    return today_.is_collected ? background(p_change_up()) : background_;
  }
  void write_score(ScoreRow& row, Detail detail, std::uint64_t pair_key, const Composite::Background& background) const;
  void write_rates(ScoreRow& row, Detail detail) const;
  void follow_dynamics(const Observation& seen, double slow, double dispersion);
  void write_dynamics(ScoreRow& row, Detail detail, std::uint64_t pair_key) const;
  [[nodiscard]] double reproduction_null(std::uint64_t pair_key) const;
  void write_attention(ScoreRow& row, Detail detail) const;
  void write_character(ScoreRow& row, Detail detail) const;
  void write_mediation(ScoreRow& row, Detail detail) const;

  Config config_;
  Collected collected_;
  Collections collections_;
  Surprise hostile_;
  DiscountedRate rate_;
  DiscountedRate rate_fast_;
  RateRatio ratio_;
  Baseline forward_;
  Baseline backward_;
  Baseline mediation_;
  ChangePoint change_;
  ReproductionNumber reproduction_;
  Phase phase_;
  ActHistory history_;
  Baseline before_history_;  // the slow rate as it was before the days that the null of C11 simulates
  Ears ears_;
  PostMediationChange after_mediation_;
  MediationCoverage coverage_;
  MaterialShare material_;
  Rung rung_;
  Reciprocity reciprocity_;
  Breadth breadth_;
  GoldsteinBalance goldstein_;
  Composite composite_;
  Composite::Background background_;  // of the last collected day: the score stands still over a gap; its `change` is
                                      // that of that day only once another has come
  int collected_days_ = 0;
  Readings today_;
};

}  // namespace tocsin
