#include "pair_scorer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "random.hpp"
#include "reproduction_null.hpp"

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double prior_days = 0.5;    // b0: a prior of half a day at the slow rate
constexpr double run_prior_days = 1;  // kappa: what a new run is believed to be weighs a day
constexpr int change_days = 14;       // a change of the tempo is recent for a fortnight
constexpr int run_lengths_kept = 32;  // P(r <= 14) is within 0.01 of all of them on 99 % of days, in half the room
constexpr int null_draws = 200;
constexpr double false_alarm_days = 365;

Surprise::Options surprise_options(const Config& config) {
  return {{config.half_life_slow_days, config.guard_days}, {}, Cusum::default_threshold, {}, Surprise::rare_acts};
}

Baseline::Options baseline_options(const Config& config) { return {config.half_life_slow_days, config.guard_days}; }

RateRatio::Options ratio_options(const Config& config) { return {config.recent_days, config.baseline_days, 0}; }

MediationCoverage::Options coverage_options(const Config& config) {
  return {config.baseline_days, ratio_options(config)};
}

Rung::Options rung_options(const Config& config) { return {config.baseline_days, 2}; }

ChangePoint::Options change_options(const Config& config) { return {config.hazard, change_days, run_lengths_kept}; }

Phase::Options phase_options(const Config& config) { return {PhaseTables::shipped(), baseline_options(config)}; }

Belief belief(const GammaPosterior& slow, double dispersion) {
  return {prior_days * slow.mean(), prior_days, dispersion};
}

}  // namespace

PairScorer::PairScorer(const Config& config, const Collected& collected)
    : config_(config),
      collected_(collected),
      hostile_(surprise_options(config)),
      rate_({config.half_life_medium_days}),
      rate_fast_({config.half_life_fast_days}),
      ratio_(ratio_options(config)),
      forward_(baseline_options(config)),
      backward_(baseline_options(config)),
      mediation_(baseline_options(config)),
      change_(change_options(config)),
      reproduction_({}),
      phase_(phase_options(config)),
      before_history_(baseline_options(config)),
      ears_({Ears::Method::c2}),
      after_mediation_({}),
      coverage_(coverage_options(config)),
      material_({config.half_life_medium_days}),
      rung_(rung_options(config)),
      reciprocity_({config.half_life_medium_days}),
      breadth_({config.half_life_medium_days, 6}),
      goldstein_({config.half_life_medium_days}),
      composite_(config) {}

PairScorer::PairScorer(const Config& config, const Collected& collected, State state)
    : config_(config),
      collected_(collected),
      collections_(state.collections),
      hostile_(surprise_options(config), std::move(state.hostile)),
      rate_({config.half_life_medium_days}, state.rate),
      rate_fast_({config.half_life_fast_days}, state.rate_fast),
      ratio_(ratio_options(config), std::move(state.ratio)),
      forward_(baseline_options(config), std::move(state.forward)),
      backward_(baseline_options(config), std::move(state.backward)),
      mediation_(baseline_options(config), std::move(state.mediation)),
      change_(change_options(config), state.change),
      reproduction_({}, state.reproduction),
      phase_(phase_options(config), std::move(state.phase)),
      history_(state.history),
      before_history_(baseline_options(config), std::move(state.before_history)),
      ears_({Ears::Method::c2}, std::move(state.ears)),
      after_mediation_({}, std::move(state.after_mediation)),
      coverage_(coverage_options(config), std::move(state.coverage)),
      material_({config.half_life_medium_days}, state.material),
      rung_(rung_options(config), std::move(state.rung)),
      reciprocity_({config.half_life_medium_days}, state.reciprocity),
      breadth_({config.half_life_medium_days, 6}, state.breadth),
      goldstein_({config.half_life_medium_days}, state.goldstein),
      composite_(config, std::move(state.composite)),
      background_(state.background),
      collected_days_(state.collected_days) {}

void PairScorer::update(const PairDay& row) {
  Observation seen = Observation::of(row, collected_);
  seen.day.collections = collections_.step(row.exposure);
  const Composite::Day& day = seen.day;
  if (!(day.exposure > 0)) background_ = background();
  const bool has_sides = !std::isnan(day.forward);
  const bool has_mediation = !std::isnan(day.mediation);
  today_.is_collected = day.exposure > 0;
  if (today_.is_collected) ++collected_days_;

  // First what is usual here and how noisy the source is: everything below is judged by it.
  today_.hostile = hostile_.step(day.hostile, day.exposure);
  const double phi = today_.hostile.dispersion;
  const GammaPosterior slow_mediation = mediation_.step(day.mediation, has_mediation ? row.exposure : 0);
  const double slow_forward = forward_.step(day.forward, has_sides ? day.exposure : 0).mean();
  const double slow_backward = backward_.step(day.backward, has_sides ? day.exposure : 0).mean();
  today_.ears = ears_.step(day.hostile, day.exposure).statistic;
  today_.hostile_count = day.hostile;
  today_.total = row.total;
  after_mediation_.update(day.mediation, day.hostile, day.exposure);
  const double slow = today_.hostile.baseline.mean();
  follow_dynamics(seen, slow, phi);
  if (today_.is_collected) {
    const GammaPosterior& drawn = today_.reproduction.posterior;
    background_ = {slow, slow_forward, slow_backward, slow_mediation.mean(), phi, 0, drawn.shape, drawn.rate};
  }

  const Belief about_hostile = belief(today_.hostile.baseline, phi);
  today_.rate = rate_.step(day.hostile, day.exposure, about_hostile);
  today_.rate_fast = rate_fast_.step(day.hostile, day.exposure, about_hostile);
  today_.ratio = ratio_.step(day.hostile, day.exposure, about_hostile);
  today_.coverage = coverage_.step(day.mediation, day.hostile, row.exposure, belief(slow_mediation, phi));
  today_.goldstein = goldstein_.step(seen.conflict, seen.cooperation);
  material_.update(day.rhetoric, day.material);
  rung_.update(day.rungs);
  reciprocity_.update(day.forward, day.backward);
  breadth_.update(day.kinds);
  composite_.step(day);
}

// Has the tempo changed, do acts draw acts, and in which phase is it all?
void PairScorer::follow_dynamics(const Observation& seen, double slow, double dispersion) {
  const Composite::Day& day = seen.day;
  // What is told three times over is no more certain to have changed than what is told once.
  const double rows_per_act = composite_.dispersion_of_one_collection(dispersion) * day.collections;
  change_.step(day.hostile, day.exposure, {run_prior_days * slow, run_prior_days, rows_per_act});
  today_.reproduction = reproduction_.step(day.hostile, day.exposure, slow, dispersion);
  const Phase::Reading phase = phase_.step(seen.signals, day.whole_exposure);
  std::copy(phase.posterior.begin(), phase.posterior.end(), today_.phases.begin());
  today_.p_hostilities_soon = phase.p_reach();
  history_.step(seen.acts);
  const auto simulated = static_cast<std::int32_t>(simulated_days({}));
  if (history_.size() > simulated) {
    const double leaving = history_.at(simulated).hostile;
    before_history_.step(leaving, std::isnan(leaving) ? 0 : 1);
  }
}

ScoreRow PairScorer::read(Detail detail, std::uint64_t pair_key, bool is_provisional) const {
  ScoreRow row;
  row.values.fill(nan);
  const double p_change_up = this->p_change_up();
  write_score(row, detail, pair_key, background(p_change_up));
  write_rates(row, detail);
  row[ScoreColumn::p_change_up] = p_change_up;
  write_dynamics(row, detail, pair_key);
  write_character(row, detail);
  write_mediation(row, detail);
  row.status = !today_.is_collected                     ? Status::no_data
               : std::isnan(row[ScoreColumn::score])    ? Status::unscaled
               : collected_days_ < config_.warm_up_days ? Status::warming_up
               : is_provisional                         ? Status::provisional
                                                        : Status::ok;
  return row;
}

double PairScorer::p_change_up() const { return change_.p_recent_above(today_.hostile.baseline.mean()); }

Composite::Background PairScorer::background(double p_change_up) const {
  Composite::Background background = background_;
  if (today_.is_collected) background.change = p_change_up;
  return background;
}

void PairScorer::write_score(ScoreRow& row, Detail detail, std::uint64_t pair_key,
                             const Composite::Background& background) const {
  const Composite::Reading reading = composite_.read(background);
  const Shares shares = shares_of(collected_, reading.hostile_known, reading.mediation_known);
  const ScoreParts parts = ScoreParts::of(Composite::subscores(reading, shares, config_), shares, config_.weights);
  row[ScoreColumn::score] = row[ScoreColumn::score_min] = parts.score;
  row[ScoreColumn::score_max] = parts.score_max;
  row[ScoreColumn::coverage] = parts.coverage;
  row[ScoreColumn::collected_days] = collected_days_;
  for (std::size_t group = 0; group < group_count; ++group) {
    row.values[static_cast<std::size_t>(ScoreColumn::intensity) + group] = parts.contributions[group];
  }
  if (detail != Detail::intervals || std::isnan(parts.score)) return;
  const ScoreInterval interval = Composite::interval(reading, shares, config_, pair_key);
  row[ScoreColumn::score_low] = std::min(interval.low, parts.score);
  row[ScoreColumn::score_high] = std::max(interval.high, parts.score);
  for (std::size_t group = 0; group < group_count; ++group) {
    row.values[static_cast<std::size_t>(ScoreColumn::variance_intensity) + group] = interval.variance_shares[group];
  }
}

void PairScorer::write_rates(ScoreRow& row, Detail detail) const {
  row[ScoreColumn::hostile_acts] = rate_.state().count;
  row[ScoreColumn::hostile_rate] = today_.rate.mean();
  row[ScoreColumn::hostile_rate_fast] = today_.rate_fast.mean();
  row[ScoreColumn::hostile_rate_slow] = today_.hostile.baseline.mean();
  row[ScoreColumn::dispersion] = today_.hostile.dispersion;
  row[ScoreColumn::rate_ratio_log2] = today_.ratio.log2_ratio();
  row[ScoreColumn::p_rising] = today_.ratio.p_rising();
  row[ScoreColumn::recent_acts] = today_.ratio.recent_count;
  row[ScoreColumn::absolute_change] = today_.ratio.absolute_change();
  row[ScoreColumn::surprise] = today_.hostile.tail().bans();
  row[ScoreColumn::cusum] = today_.hostile.cusum;
  row[ScoreColumn::cusum_threshold] =
      Cusum::threshold(today_.hostile.baseline.mean(), today_.hostile.dispersion, false_alarm_days);
  row[ScoreColumn::ears] = today_.ears;
  write_attention(row, detail);
  if (detail != Detail::intervals) return;
  const Interval rate = today_.rate.interval();
  row[ScoreColumn::hostile_rate_low] = rate.low;
  row[ScoreColumn::hostile_rate_high] = rate.high;
  const Interval ratio = today_.ratio.interval();
  row[ScoreColumn::rate_ratio_log2_low] = ratio.low;
  row[ScoreColumn::rate_ratio_log2_high] = ratio.high;
}

void PairScorer::write_attention(ScoreRow& row, Detail detail) const {
  // A total that leaves out these very acts is no total.
  if (!(today_.total >= today_.hostile_count)) return;
  const BetaPosterior share = AttentionShare({}).step(today_.hostile_count, today_.total);
  row[ScoreColumn::attention_share] = share.mean();
  if (detail != Detail::intervals) return;
  const Interval interval = share.interval();
  row[ScoreColumn::attention_share_low] = interval.low;
  row[ScoreColumn::attention_share_high] = interval.high;
}

void PairScorer::write_dynamics(ScoreRow& row, Detail detail, std::uint64_t pair_key) const {
  row[ScoreColumn::p_change] = change_.p_recent_above(0);
  row[ScoreColumn::reproduction_number] = today_.reproduction.mean();
  row[ScoreColumn::p_reproduction_above_1] = today_.reproduction.p_above_1();
  const auto likely = std::max_element(today_.phases.begin(), today_.phases.end());
  row[ScoreColumn::phase] = static_cast<double>(likely - today_.phases.begin()) + 1;
  for (std::size_t i = 0; i < today_.phases.size(); ++i) {
    row.values[static_cast<std::size_t>(ScoreColumn::p_calm) + i] = today_.phases[i];
  }
  row[ScoreColumn::p_hostilities_soon] = today_.p_hostilities_soon;
  if (detail != Detail::intervals) return;
  const Interval interval = today_.reproduction.interval();
  row[ScoreColumn::reproduction_number_low] = interval.low;
  row[ScoreColumn::reproduction_number_high] = interval.high;
  row[ScoreColumn::reproduction_null] = reproduction_null(pair_key);
}

// Missing where there is too little for a claim that it could refute.
double PairScorer::reproduction_null(std::uint64_t pair_key) const {
  const auto days = std::min<Eigen::Index>(history_.size(), segmented_days);
  if (!(today_.ratio.recent_count >= config_.min_events)) return nan;
  const std::uint64_t key =
      random::combine_keys(random::combine_keys(config_.seed, pair_key), random::hash_text("reproduction_null"));
  return reproduction_null_of(history_.hostile(static_cast<std::int32_t>(days)), std::min(days, simulated_days({})),
                              {{}, before_history_}, {}, today_.hostile.dispersion, key, null_draws);
}

void PairScorer::write_character(ScoreRow& row, Detail detail) const {
  const bool has_share = shares_of(collected_)[static_cast<std::size_t>(Component::material_share)] > 0;
  const MaterialShare::Reading material = material_.read(today_.hostile.dispersion);
  if (has_share && material.has_events()) {
    row[ScoreColumn::material_share] = material.posterior().mean();
    if (detail == Detail::intervals) {
      const Interval share = material.posterior().interval();
      row[ScoreColumn::material_share_low] = share.low;
      row[ScoreColumn::material_share_high] = share.high;
    }
  }
  // 0 says that no rung is supported, so a window of which nothing is known must not be 0.
  if (composite_.gap_days() < config_.baseline_days) {
    row[ScoreColumn::rung] = rung_.read().supported_max;
    row[ScoreColumn::rung_is_coarse] = has_rungs(collected_) ? 0 : 1;
  }
  if (collected_.is_directed) {
    row[ScoreColumn::reciprocity] = reciprocity_.read().balance();
    row[ScoreColumn::asymmetry] = reciprocity_.read().asymmetry();
  }
  row[ScoreColumn::breadth] = breadth_.read().shannon;
  if (collected_.has(Extra::goldstein_conflict) && collected_.has(Extra::goldstein_cooperation)) {
    row[ScoreColumn::goldstein_conflict] = today_.goldstein.conflict;
    row[ScoreColumn::goldstein_cooperation] = today_.goldstein.cooperation;
  }
}

void PairScorer::write_mediation(ScoreRow& row, Detail detail) const {
  if (!collected_.has(Signal::mediation)) return;
  const MediationCoverage::Reading& coverage = today_.coverage;
  row[ScoreColumn::mediation_gap] = coverage.gap(today_.ratio);
  row[ScoreColumn::days_since_mediation] = coverage.days_since;
  row[ScoreColumn::hostile_since_mediation] = coverage.hostile_since;
  const PostMediationChange::Reading after = after_mediation_.read(today_.hostile.dispersion);
  row[ScoreColumn::post_mediation_change] = after.log_rate_ratio;
  row[ScoreColumn::post_mediation_episodes] = after.episodes;
  if (detail == Detail::intervals) {
    row[ScoreColumn::post_mediation_change_low] = after.low;
    row[ScoreColumn::post_mediation_change_high] = after.high;
  }
  if (!coverage.has_hostile()) return;
  row[ScoreColumn::mediation_coverage] = coverage.posterior().median_odds();
  if (detail != Detail::intervals) return;
  const Interval odds = coverage.posterior().odds_interval();
  row[ScoreColumn::mediation_coverage_low] = odds.low;
  row[ScoreColumn::mediation_coverage_high] = odds.high;
}

PairScorer::State PairScorer::state() const {
  return {collections_.state(),    hostile_.state(),   rate_.state(),
          rate_fast_.state(),      ratio_.state(),     forward_.state(),
          backward_.state(),       mediation_.state(), change_.state(),
          reproduction_.state(),   phase_.state(),     history_.state(),
          before_history_.state(), ears_.state(),      after_mediation_.state(),
          coverage_.state(),       material_.state(),  rung_.state(),
          reciprocity_.state(),    breadth_.state(),   goldstein_.state(),
          composite_.state(),      background(),       collected_days_};
}

}  // namespace tocsin
