#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "tocsin/act_history.hpp"
#include "tocsin/config.hpp"
#include "tocsin/excitation.hpp"
#include "tocsin/indicators/slowing_down.hpp"
#include "tocsin/panel.hpp"
#include "tocsin/run_control.hpp"

namespace tocsin {

/// What a row may be relied on for; of several that apply, the first of this order.
enum class Status {
  no_data,      // nothing was collected for the pair on this day
  unscaled,     // indicators, but no score: less than 60 % of its weight could be computed
  warming_up,   // fewer than `warm_up_days` collected days so far
  provisional,  // one of the last `settle_days` of the calendar: reports still come in
  ok,
};
[[nodiscard]] std::string_view name_of(Status status);
[[nodiscard]] std::optional<Status> find_status(std::string_view name);

/// Columns of a result after date, pair and status, in this order. NaN: could not be computed.
enum class ScoreColumn {
  score,
  score_low,
  score_high,
  score_min,
  score_max,
  coverage,
  collected_days,
  intensity,
  momentum,
  self_sustaining,
  spread,
  restraint_deficit,  // contributions, in points; they sum to `score`
  hostile_acts,
  hostile_rate,
  hostile_rate_low,
  hostile_rate_high,
  hostile_rate_fast,
  hostile_rate_slow,
  dispersion,
  rate_ratio_log2,
  rate_ratio_log2_low,
  rate_ratio_log2_high,
  p_rising,
  recent_acts,
  absolute_change,
  surprise,
  cusum,
  cusum_threshold,
  ears,
  p_change,
  p_change_up,
  material_share,
  material_share_low,
  material_share_high,
  rung,
  rung_is_coarse,  // 1: read from counts without codes
  reciprocity,
  asymmetry,
  reproduction_number,
  reproduction_number_low,
  reproduction_number_high,
  reproduction_null,
  p_reproduction_above_1,
  phase,
  p_calm,
  p_tension,
  p_confrontation,
  p_hostilities,
  p_hostilities_soon,
  breadth,
  mediation_coverage,
  mediation_coverage_low,
  mediation_coverage_high,
  mediation_gap,
  days_since_mediation,
  hostile_since_mediation,
  post_mediation_change,
  post_mediation_change_low,
  post_mediation_change_high,
  post_mediation_episodes,
  attention_share,
  attention_share_low,
  attention_share_high,
  goldstein_conflict,
  goldstein_cooperation,
  variance_intensity,
  variance_momentum,
  variance_self_sustaining,
  variance_spread,
  variance_restraint_deficit,
};
inline constexpr std::size_t score_column_count = static_cast<std::size_t>(ScoreColumn::variance_restraint_deficit) + 1;

[[nodiscard]] std::string_view name_of(ScoreColumn column);
[[nodiscard]] std::optional<ScoreColumn> find_score_column(std::string_view name);

/// One pair on one day.
struct ScoreRow {
  Status status = Status::no_data;
  std::array<double, score_column_count> values;

  [[nodiscard]] double operator[](ScoreColumn column) const { return values[static_cast<std::size_t>(column)]; }
  double& operator[](ScoreColumn column) { return values[static_cast<std::size_t>(column)]; }
};

/// One pair on every day of the calendar.
struct PairScores {
  Pair pair;
  std::vector<Status> status;
  Eigen::MatrixXd values;  // (days, score_column_count), column by column

  [[nodiscard]] ScoreRow row(std::int32_t day) const;
  [[nodiscard]] auto column(ScoreColumn column) const { return values.col(static_cast<Eigen::Index>(column)); }
};

/// Which 5-95 % intervals are computed: of no day, of the last day, or of every day. The central values are the same.
enum class Intervals { none, latest, all };
[[nodiscard]] std::string_view name_of(Intervals intervals);
[[nodiscard]] std::optional<Intervals> find_intervals(std::string_view name);

struct ScoreOptions {
  Intervals intervals = Intervals::latest;
  int threads = 0;  // 0: one per core. The result does not depend on it.
};

/// The result of scoring a panel. Holds the last day of every pair; the days before are computed again when asked for,
/// which costs a few microseconds a day and keeps a panel of thousands of pairs in memory.
class Scores {
 public:
  [[nodiscard]] const Config& config() const { return config_; }
  [[nodiscard]] const Calendar& calendar() const { return calendar_; }
  [[nodiscard]] SignalSet signals() const { return signals_; }
  [[nodiscard]] const std::optional<CountPanel>& panel() const { return panel_; }  // empty: read from a document
  [[nodiscard]] const Provenance& provenance() const { return provenance_; }
  [[nodiscard]] const std::string& computed_by() const { return computed_by_; }  // version of the library
  [[nodiscard]] Intervals intervals() const { return options_.intervals; }
  [[nodiscard]] const std::vector<Pair>& pairs() const { return pairs_; }
  [[nodiscard]] const std::vector<ScoreRow>& latest() const { return latest_; }  // last days, as `pairs()`
  /// Indices into `pairs()`, most escalated first, those without a score last.
  [[nodiscard]] std::vector<std::size_t> by_score() const;

  /// One pair on one day, with its intervals whatever days they were asked for (unless none were, or the days come from
  /// a document). @throws InputError for a pair or day that is not there
  [[nodiscard]] ScoreRow at(const Pair& pair, Day day) const;
  /// C12: who draws whose acts, judged by the days up to this one. Takes about a second, nearly all of it for the null.
  /// @throws InputError for a pair or day that is not there, and for scores that were read from a document
  [[nodiscard]] PairExcitation excitation(const Pair& pair, Day day, const ExcitationOptions& options = {}) const;
  /// C17, experimental, of all hostile acts of the days up to this one. @throws as `excitation`
  [[nodiscard]] SlowingDown::Reading slowing_down(const Pair& pair, Day day, const SlowingDown::Options& = {}) const;
  /// Every day of one pair, or of some in their order (indices into `pairs()`). @throws InputError, with nearest names
  [[nodiscard]] PairScores of(const Pair& pair) const;
  [[nodiscard]] std::vector<PairScores> of(const std::vector<std::size_t>& indices, const RunControl& = {}) const;

 private:
  friend Scores score(const CountPanel&, const Config&, const ScoreOptions&, const RunControl&);
  friend Scores scores_from_json(std::string_view);

  [[nodiscard]] std::size_t index_of(const Pair& pair) const;
  void require_scored(Day day) const;
  [[nodiscard]] ActHistory history_until(const Pair& pair, Day day) const;

  std::string computed_by_;
  Config config_;
  ScoreOptions options_;
  Calendar calendar_{};
  SignalSet signals_;
  Provenance provenance_;
  std::vector<Pair> pairs_;
  std::vector<ScoreRow> latest_;
  std::optional<CountPanel> panel_;  // where the days are computed from
  std::vector<PairScores> stored_;   // or, of a result that was read from a document, the days themselves
};

/// Scores every pair of a panel on every day. Rows of day t depend on days up to t only. @throws ConfigError, Cancelled
[[nodiscard]] Scores score(const CountPanel& panel, const Config& config = {}, const ScoreOptions& options = {},
                           const RunControl& control = {});

/// The scores document: schema "tocsin.scores", version 1, without columns that are missing on every day of a pair.
[[nodiscard]] std::string to_json(const Scores& scores, const RunControl& control = {});

/// All days as CSV: date, pair, status, score columns; missing is an empty cell. @throws Error, as on a full disk
void write_csv(const Scores& scores, std::ostream& out, const RunControl& control = {});

/// @throws InputError if the document is not one, of another version, or inconsistent
[[nodiscard]] Scores scores_from_json(std::string_view text);

}  // namespace tocsin
