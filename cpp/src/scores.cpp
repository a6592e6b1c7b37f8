#include "tocsin/scores.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "parallel.hpp"
#include "score_pair.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "tocsin/version.hpp"

namespace tocsin {

namespace {

constexpr std::array<std::string_view, 5> status_names{"no_data", "unscaled", "warming_up", "provisional", "ok"};
constexpr std::array<std::string_view, 3> intervals_names{"none", "latest", "all"};
constexpr std::array<std::string_view, score_column_count> score_column_names{"score",
                                                                              "score_low",
                                                                              "score_high",
                                                                              "score_min",
                                                                              "score_max",
                                                                              "coverage",
                                                                              "collected_days",
                                                                              "intensity",
                                                                              "momentum",
                                                                              "self_sustaining",
                                                                              "spread",
                                                                              "restraint_deficit",
                                                                              "hostile_acts",
                                                                              "hostile_rate",
                                                                              "hostile_rate_low",
                                                                              "hostile_rate_high",
                                                                              "hostile_rate_fast",
                                                                              "hostile_rate_slow",
                                                                              "dispersion",
                                                                              "rate_ratio_log2",
                                                                              "rate_ratio_log2_low",
                                                                              "rate_ratio_log2_high",
                                                                              "p_rising",
                                                                              "recent_acts",
                                                                              "absolute_change",
                                                                              "surprise",
                                                                              "cusum",
                                                                              "cusum_threshold",
                                                                              "ears",
                                                                              "p_change",
                                                                              "p_change_up",
                                                                              "material_share",
                                                                              "material_share_low",
                                                                              "material_share_high",
                                                                              "rung",
                                                                              "rung_is_coarse",
                                                                              "reciprocity",
                                                                              "asymmetry",
                                                                              "reproduction_number",
                                                                              "reproduction_number_low",
                                                                              "reproduction_number_high",
                                                                              "reproduction_null",
                                                                              "p_reproduction_above_1",
                                                                              "phase",
                                                                              "p_calm",
                                                                              "p_tension",
                                                                              "p_confrontation",
                                                                              "p_hostilities",
                                                                              "p_hostilities_soon",
                                                                              "breadth",
                                                                              "mediation_coverage",
                                                                              "mediation_coverage_low",
                                                                              "mediation_coverage_high",
                                                                              "mediation_gap",
                                                                              "days_since_mediation",
                                                                              "hostile_since_mediation",
                                                                              "post_mediation_change",
                                                                              "post_mediation_change_low",
                                                                              "post_mediation_change_high",
                                                                              "post_mediation_episodes",
                                                                              "attention_share",
                                                                              "attention_share_low",
                                                                              "attention_share_high",
                                                                              "goldstein_conflict",
                                                                              "goldstein_cooperation",
                                                                              "variance_intensity",
                                                                              "variance_momentum",
                                                                              "variance_self_sustaining",
                                                                              "variance_spread",
                                                                              "variance_restraint_deficit"};

template <class Name, std::size_t n>
std::optional<Name> find_name(const std::array<std::string_view, n>& names, std::string_view name) {
  const auto place = std::find(names.begin(), names.end(), name);
  if (place == names.end()) return std::nullopt;
  return static_cast<Name>(place - names.begin());
}

void require_hostile_signal(const CountPanel& panel) {
  for (const Signal signal : hostile_signals) {
    if (panel.collected().has(signal)) return;
  }
  throw InputError("no cell of rhetoric, military or punitive holds a count; a score needs at least one of them");
}

}  // namespace

std::string_view name_of(Status status) { return status_names[static_cast<std::size_t>(status)]; }
std::optional<Status> find_status(std::string_view name) { return find_name<Status>(status_names, name); }
std::string_view name_of(Intervals intervals) { return intervals_names[static_cast<std::size_t>(intervals)]; }
std::optional<Intervals> find_intervals(std::string_view name) { return find_name<Intervals>(intervals_names, name); }
std::string_view name_of(ScoreColumn column) { return score_column_names[static_cast<std::size_t>(column)]; }
std::optional<ScoreColumn> find_score_column(std::string_view name) {
  return find_name<ScoreColumn>(score_column_names, name);
}

ScoreRow PairScores::row(std::int32_t day) const {
  ScoreRow row;
  row.status = status[static_cast<std::size_t>(day)];
  for (std::size_t i = 0; i < score_column_count; ++i) row.values[i] = values(day, static_cast<Eigen::Index>(i));
  return row;
}

std::vector<std::size_t> Scores::by_score() const {
  std::vector<std::size_t> order(pairs_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto rank = [&](std::size_t i) {
    const double score = latest_[i][ScoreColumn::score];
    return std::isnan(score) ? -1.0 : score;
  };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rank(a) > rank(b); });
  return order;
}

std::size_t Scores::index_of(const Pair& pair) const {
  const auto place = std::lower_bound(pairs_.begin(), pairs_.end(), pair);
  if (place != pairs_.end() && *place == pair) return static_cast<std::size_t>(place - pairs_.begin());
  std::vector<std::string> known;
  for (const Pair& other : pairs_) known.push_back(to_string(other));
  throw InputError(concat("pair ", in_quotes(to_string(pair)), " is not among the scored pairs",
                          nearest_hint(to_string(pair), known)));
}

void Scores::require_scored(Day day) const {
  if (calendar_.contains(day)) return;
  throw InputError(concat("day ", to_string(day), " was not scored; the calendar runs from ",
                          to_string(calendar_.first), " to ", to_string(calendar_.last),
                          " (nearest: ", to_string(day < calendar_.first ? calendar_.first : calendar_.last), ")"));
}

ScoreRow Scores::at(const Pair& pair, Day day) const {
  const std::size_t index = index_of(pair);
  require_scored(day);
  return panel_ ? score_day(*panel_, index, config_, options_.intervals, day)
                : stored_[index].row(day - calendar_.first);
}

PairScores Scores::of(const Pair& pair) const { return std::move(of({index_of(pair)}).front()); }

std::vector<PairScores> Scores::of(const std::vector<std::size_t>& indices, const RunControl& control) const {
  std::vector<PairScores> tables(indices.size());
  parallel_for(
      indices.size(), options_.threads,
      [&](std::size_t i, const std::atomic<bool>& is_stopping) {
        tables[i] =
            panel_ ? score_pair(*panel_, indices[i], config_, options_.intervals, is_stopping) : stored_[indices[i]];
      },
      control);
  return tables;
}

Scores score(const CountPanel& panel, const Config& config, const ScoreOptions& options, const RunControl& control) {
  config.validate();
  require_hostile_signal(panel);
  Scores scores;
  scores.computed_by_ = version;
  scores.config_ = config;
  scores.options_ = options;
  scores.calendar_ = panel.calendar();
  scores.signals_ = panel.collected().signals;
  scores.provenance_ = panel.provenance();
  for (const PairCounts& counts : panel.pairs()) scores.pairs_.push_back(counts.pair);
  scores.latest_.resize(scores.pairs_.size());
  parallel_for(
      scores.pairs_.size(), options.threads,
      [&](std::size_t i, const std::atomic<bool>&) {
        scores.latest_[i] = score_day(panel, i, config, options.intervals, panel.calendar().last);
      },
      control);
  scores.panel_ = panel;
  return scores;
}

}  // namespace tocsin
