#include "tocsin/risk_features.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "tocsin/discounted_count.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

constexpr std::array<std::string_view, risk_feature_count> feature_names{
    "force_days_60", "force_days_365", "hostile_share_1500", "since_onset", "onsets_730", "onsets_3650"};
constexpr std::array<std::string_view, risk_feature_count> feature_words{
    "how often military acts between the two were reported in the last months",
    "how often military acts between the two were reported in the last year",
    "the share of hostile acts in all that the two did over the years",
    "how long ago force was last used",
    "how often force was used in the last years",
    "how often force was used over decades"};

constexpr std::array<Signal, 3> needed_signals{Signal::rhetoric, Signal::military, Signal::cooperation};

// Half a day of force in 25 days of collection is what a pair has that was never looked at: rates begin there, so that
// a pair without a past is neither certain nor infinite.
constexpr double prior_force_days = 0.5;
constexpr double prior_days = 25;
// Half a hostile act among one and a half.
constexpr double prior_hostile = 0.5;
constexpr double prior_acts = 1.5;
constexpr double month_days = 30;
constexpr double longest_memory_days = 7300;  // longer ago, or never, is the same

std::size_t at(RiskFeature feature) { return static_cast<std::size_t>(feature); }

double known_or_zero(double value) { return std::isnan(value) ? 0 : value; }

// Military acts of one direction, or of both; NaN: not collected.
double military_of(const DayCounts& counts, std::size_t directions) {
  double sum = 0;
  for (std::size_t d = 0; d < directions; ++d) sum += counts.counts[d][index_of(Signal::military)];
  return sum;
}

struct Acts {
  double hostile = 0;
  double all = 0;
};

// What the two did to each other, as far as it is known. A mediator's acts are not theirs.
Acts acts_of(const DayCounts& counts, std::size_t directions) {
  Acts acts;
  for (std::size_t d = 0; d < directions; ++d) {
    for (const Signal signal : hostile_signals) acts.hostile += known_or_zero(counts.counts[d][index_of(signal)]);
    acts.all += known_or_zero(counts.counts[d][index_of(Signal::cooperation)]);
  }
  acts.all += acts.hostile;
  return acts;
}

double log_rate(const DiscountedCount& days) {
  return std::log((days.count() + prior_force_days) / (days.exposure() + prior_days));
}

// The discounted sums of one pair.
class PairSums {
 public:
  void step(bool is_collected, double military, const Acts& acts) {
    // Days are counted, not acts: how much is written about a day of fighting depends on the source.
    const double exposure = is_collected ? 1 : 0;
    const double force = military > 0 ? 1 : 0;
    force_60_.step(force, exposure);
    force_365_.step(force, exposure);
    hostile_.step(acts.hostile, exposure);
    all_.step(acts.all, exposure);
  }

  template <class Row>
  void write(Row row) const {
    const auto set = [&](RiskFeature feature, double value) { row[static_cast<Eigen::Index>(at(feature))] = value; };
    set(RiskFeature::force_days_60, log_rate(force_60_));
    set(RiskFeature::force_days_365, log_rate(force_365_));
    set(RiskFeature::hostile_share_1500, std::log((hostile_.count() + prior_hostile) / (all_.count() + prior_acts)));
  }

 private:
  DiscountedCount force_60_{60};
  DiscountedCount force_365_{365};
  DiscountedCount hostile_{1500};
  DiscountedCount all_{1500};
};

// The days on which force began between two, ascending, counted from the first day of the calendar. Of an event of
// which only the month is known it is said that it has begun when the month is over.
std::vector<std::int32_t> onset_days(const std::vector<Onset>& onsets, const Pair& pair, const Calendar& calendar,
                                     int min_level) {
  std::vector<std::int32_t> days;
  for (const Onset& onset : onsets) {
    const bool counts = onset.level == 0 || onset.level >= min_level;
    if (counts && onset.are_adversaries && onset.pair == pair) days.push_back(onset.begun_by() - calendar.first);
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());  // two events of one day are one onset
  return days;
}

void write_history(RiskFeatureTable::Values& values, const std::vector<std::int32_t>& onsets) {
  const std::array<double, 2> deltas{discount_per_day(730), discount_per_day(3650)};
  std::array<double, 2> sums{};
  std::size_t next = 0;
  for (; next < onsets.size() && onsets[next] < 0; ++next) {
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += std::pow(deltas[i], -1.0 - onsets[next]);
  }
  for (Eigen::Index day = 0; day < values.rows(); ++day) {
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] *= deltas[i];
    for (; next < onsets.size() && onsets[next] == day; ++next) {
      for (double& sum : sums) sum += 1;
    }
    const double since = next > 0 ? static_cast<double>(day) - onsets[next - 1] : longest_memory_days;
    const auto set = [&](RiskFeature feature, double value) {
      values(day, static_cast<Eigen::Index>(at(feature))) = value;
    };
    set(RiskFeature::since_onset, -std::log1p(std::min(since, longest_memory_days) / month_days));
    set(RiskFeature::onsets_730, std::log1p(sums[0]));
    set(RiskFeature::onsets_3650, std::log1p(sums[1]));
  }
}

}  // namespace

std::string_view name_of(RiskFeature feature) { return feature_names[at(feature)]; }
std::string_view words_of(RiskFeature feature) { return feature_words[at(feature)]; }

std::optional<double> RiskFeatureTable::days_since_onset(Eigen::Index day) const {
  const double days =
      std::round(std::expm1(-values(day, static_cast<Eigen::Index>(at(RiskFeature::since_onset)))) * month_days);
  return std::isnan(days) || days >= longest_memory_days ? std::nullopt : std::optional(days);
}

RiskFeatures::RiskFeatures(CountPanel panel, const Options& options) : panel_(std::move(panel)), options_(options) {}

std::vector<Signal> RiskFeatures::missing_signals() const {
  std::vector<Signal> missing;
  for (const Signal signal : needed_signals) {
    if (!panel_.collected().has(signal)) missing.push_back(signal);
  }
  return missing;
}

RiskFeatureTable RiskFeatures::of(std::size_t index, const std::vector<Onset>* onsets) const {
  const PairCounts& pair = panel_.pairs()[index];
  const std::int32_t days = panel_.calendar().size();
  const std::size_t directions = panel_.collected().is_directed ? 2 : 1;
  RiskFeatureTable table{pair.pair, std::vector<Status>(static_cast<std::size_t>(days), Status::unscaled),
                         RiskFeatureTable::Values::Constant(days, static_cast<Eigen::Index>(risk_feature_count), nan)};
  if (onsets != nullptr) {
    write_history(table.values, onset_days(*onsets, pair.pair, panel_.calendar(), options_.min_level));
  }
  if (!missing_signals().empty()) return table;
  PairSums sums;
  int collected = 0;
  int dark = 0;
  auto next = pair.days.begin();
  for (std::int32_t day = 0; day < days; ++day) {
    const DayCounts* counts = next != pair.days.end() && next->day == day ? &*next++ : nullptr;
    const double military = counts == nullptr ? 0 : military_of(*counts, directions);
    // A day of which the military cells are not known says nothing of force, and the share goes without it too.
    const bool is_collected = panel_.exposure()[static_cast<std::size_t>(day)] > 0 && !std::isnan(military);
    sums.step(is_collected, military, counts == nullptr ? Acts{} : acts_of(*counts, directions));
    collected += is_collected ? 1 : 0;
    dark = is_collected ? 0 : dark + 1;
    table.status[static_cast<std::size_t>(day)] = !is_collected                        ? Status::no_data
                                                  : collected < options_.warm_up_days  ? Status::warming_up
                                                  : day >= days - options_.settle_days ? Status::provisional
                                                                                       : Status::ok;
    // Sums and their days lose the same over a gap, so the features stand still but for the prior.
    if (collected >= options_.warm_up_days && dark <= options_.most_dark_days) sums.write(table.values.row(day));
  }
  return table;
}

}  // namespace tocsin
