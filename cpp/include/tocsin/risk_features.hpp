#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "tocsin/onset.hpp"
#include "tocsin/panel.hpp"
#include "tocsin/scores.hpp"

namespace tocsin {

/// What the risk model looks at, in this order: functions of the days up to one, never of later ones (docs/method.md).
enum class RiskFeature {
  force_days_60,          // how often either used military measures against the other, by half-life in days
  force_days_busier_365,  // how often that one of the two did so who did it more often
  hostile_share_3650,     // share of hostile acts of all that they did to each other
  since_onset,            // how long ago force was last used, by the table of onsets
  onsets_3650,            // how many onsets there were, by half-life in days
  threats_730,            // how many events below the level of an onset
};
inline constexpr std::size_t risk_feature_count = static_cast<std::size_t>(RiskFeature::threats_730) + 1;
/// Those that need no onsets come first.
inline constexpr std::size_t risk_event_feature_count = static_cast<std::size_t>(RiskFeature::since_onset);

[[nodiscard]] std::string_view name_of(RiskFeature feature);
/// What it is, for sentences: "military acts between the two over the years".
[[nodiscard]] std::string_view words_of(RiskFeature feature);

/// The day from which a table of onsets tells of threats: on which the first event below the level of an onset had
/// begun, of whatever pair. Before it nothing is known of them, which is not none.
[[nodiscard]] std::optional<Day> threats_known_from(const std::vector<Onset>& onsets, int min_level);

/// One pair on every day of the calendar.
struct RiskFeatureTable {
  using Values = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  Pair pair;
  std::vector<Status> status;  // unscaled: a signal that the features need is not collected
  Values values;               // (days, risk_feature_count); NaN: not known. Those of onsets are NaN without onsets

  /// Since the last onset; empty where none is known, or it is 20 years ago.
  [[nodiscard]] std::optional<double> days_since_onset(Eigen::Index day) const;
};

/// The features of a panel's pairs. Safe between threads.
class RiskFeatures {
 public:
  struct Options {
    int warm_up_days = 365;   // collected days before the first row that may be relied on
    int most_dark_days = 28;  // days without collection over which features are held
    int settle_days = 3;      // last days of the calendar, which are provisional
    int min_level = 4;        // of an onset; those without a level count too. From 2 to below it: threats
  };

  /// Keeps a copy of the panel, which is cheap.
  RiskFeatures(CountPanel panel, const Options& options);

  /// @param onsets  of any pairs, in any order; null: nothing is known of them
  [[nodiscard]] RiskFeatureTable of(std::size_t index, const std::vector<Onset>* onsets) const;

  [[nodiscard]] const CountPanel& panel() const { return panel_; }
  /// Signals that the features need and the panel lacks.
  [[nodiscard]] std::vector<Signal> missing_signals() const;

 private:
  CountPanel panel_;
  Options options_;
};

}  // namespace tocsin
