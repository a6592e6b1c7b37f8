#include "tocsin/risk_features.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include "tocsin/discounted_count.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

constexpr std::array<std::string_view, risk_feature_count> feature_names{
    "force_days_60", "force_days_busier_365", "hostile_share_3650", "since_onset", "onsets_3650", "threats_730"};
constexpr std::array<std::string_view, risk_feature_count> feature_words{
    "how often military acts between the two were reported in the last months",
    "how often one of the two was reported to use military means in the last year",
    "the share of hostile acts in all that the two did over the years",
    "how long ago force was last used",
    "how often force was used over decades",
    "how often force was threatened or shown, but not used, in the last years"};

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

// Military acts of each side; where directions are not told apart all are of the first. NaN: not collected.
using Military = std::array<double, 2>;

Military military_of(const DayCounts& counts, std::size_t directions) {
  Military acts{};
  for (std::size_t d = 0; d < directions; ++d) acts[d] = counts.counts[d][index_of(Signal::military)];
  return acts;
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
  void step(bool is_collected, const Military& military, const Acts& acts) {
    // Days are counted, not acts: how much is written about a day of fighting depends on the source.
    const double exposure = is_collected ? 1 : 0;
    force_60_.step(military[0] > 0 || military[1] > 0 ? 1 : 0, exposure);
    for (std::size_t d = 0; d < military.size(); ++d) force_365_[d].step(military[d] > 0 ? 1 : 0, exposure);
    hostile_.step(acts.hostile, exposure);
    all_.step(acts.all, exposure);
  }

  template <class Row>
  void write(Row row) const {
    const auto set = [&](RiskFeature feature, double value) { row[static_cast<Eigen::Index>(at(feature))] = value; };
    set(RiskFeature::force_days_60, log_rate(force_60_));
    set(RiskFeature::force_days_busier_365, std::max(log_rate(force_365_[0]), log_rate(force_365_[1])));
    set(RiskFeature::hostile_share_3650, std::log((hostile_.count() + prior_hostile) / (all_.count() + prior_acts)));
  }

 private:
  DiscountedCount force_60_{60};
  std::array<DiscountedCount, 2> force_365_{DiscountedCount{365}, DiscountedCount{365}};  // of each side
  DiscountedCount hostile_{3650};
  DiscountedCount all_{3650};
};

// Of levels 2 and 3 in the scale of MIE and MID, where 1 is no action.
bool is_threat(const Onset& event, int min_level) { return event.level >= 2 && event.level < min_level; }

// The days on which events of a pair began, ascending, counted from the first day of the calendar. Of an event of which
// only the month is known it is said that it has begun when the month is over.
struct EventDays {
  std::vector<std::int32_t> onsets;
  std::vector<std::int32_t> threats;  // below the level of an onset

  static EventDays of(const std::vector<Onset>& events, const Pair& pair, const Calendar& calendar, int min_level) {
    EventDays days;
    for (const Onset& event : events) {
      if (!event.are_adversaries || event.pair != pair) continue;
      const bool is_onset = event.level == 0 || event.level >= min_level;
      if (is_onset) days.onsets.push_back(event.begun_by() - calendar.first);
      if (is_threat(event, min_level)) days.threats.push_back(event.begun_by() - calendar.first);
    }
    for (auto* each : {&days.onsets, &days.threats}) {
      std::sort(each->begin(), each->end());
      each->erase(std::unique(each->begin(), each->end()), each->end());  // two events of one day are one
    }
    return days;
  }
};

// ln(1 + how many there were, by half-life), day by day.
void write_count(RiskFeatureTable::Values& values, RiskFeature feature, const std::vector<std::int32_t>& begun,
                 double half_life_days) {
  const double delta = discount_per_day(half_life_days);
  double sum = 0;
  auto next = begun.begin();
  for (; next != begun.end() && *next < 0; ++next) sum += std::pow(delta, -1.0 - *next);
  for (Eigen::Index day = 0; day < values.rows(); ++day) {
    sum *= delta;
    for (; next != begun.end() && *next == day; ++next) sum += 1;
    values(day, static_cast<Eigen::Index>(at(feature))) = std::log1p(sum);
  }
}

void write_since(RiskFeatureTable::Values& values, const std::vector<std::int32_t>& onsets) {
  auto next = onsets.begin();
  for (Eigen::Index day = 0; day < values.rows(); ++day) {
    while (next != onsets.end() && *next <= day) ++next;
    const double since = next == onsets.begin() ? longest_memory_days : static_cast<double>(day - *std::prev(next));
    values(day, static_cast<Eigen::Index>(at(RiskFeature::since_onset))) =
        -std::log1p(std::min(since, longest_memory_days) / month_days);
  }
}

}  // namespace

std::string_view name_of(RiskFeature feature) { return feature_names[at(feature)]; }
std::string_view words_of(RiskFeature feature) { return feature_words[at(feature)]; }

std::optional<Day> threats_known_from(const std::vector<Onset>& onsets, int min_level) {
  std::optional<Day> first;
  for (const Onset& event : onsets) {
    if (!is_threat(event, min_level)) continue;
    first = first ? std::min(*first, event.begun_by()) : event.begun_by();
  }
  return first;
}

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
    const EventDays begun = EventDays::of(*onsets, pair.pair, panel_.calendar(), options_.min_level);
    write_since(table.values, begun.onsets);
    write_count(table.values, RiskFeature::onsets_3650, begun.onsets, 3650);
    write_count(table.values, RiskFeature::threats_730, begun.threats, 730);
    const std::optional<Day> known_from = threats_known_from(*onsets, options_.min_level);
    const std::int32_t unknown = known_from ? *known_from - panel_.calendar().first : days;
    table.values.col(static_cast<Eigen::Index>(at(RiskFeature::threats_730)))
        .head(std::clamp(unknown, 0, days))
        .setConstant(nan);
  }
  if (!missing_signals().empty()) return table;
  PairSums sums;
  int collected = 0;
  int dark = 0;
  auto next = pair.days.begin();
  for (std::int32_t day = 0; day < days; ++day) {
    const DayCounts* counts = next != pair.days.end() && next->day == day ? &*next++ : nullptr;
    const Military military = counts == nullptr ? Military{} : military_of(*counts, directions);
    // A day of which the military cells are not known says nothing of force, and the share goes without it too.
    const bool is_collected =
        panel_.exposure()[static_cast<std::size_t>(day)] > 0 && !std::isnan(military[0] + military[1]);
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
