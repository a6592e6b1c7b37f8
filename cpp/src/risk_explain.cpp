#include <algorithm>
#include <cmath>
#include <numeric>

#include "text.hpp"
#include "tocsin/risk.hpp"
#include "wording.hpp"

namespace tocsin {

namespace {

using wording::counted;
using wording::number;
using wording::percent;

constexpr std::size_t most_named = 2;
// A factor below this on the odds is not worth a word.
constexpr double least_log_odds = 0.1;

// "military acts ... (odds x 2.3)", the strongest first, of one sign.
std::string strongest(const RiskReading& reading, double sign) {
  std::vector<std::size_t> order(reading.contributions.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return sign * reading.contributions[a] > sign * reading.contributions[b];
  });
  std::vector<std::string> named;
  for (const std::size_t i : order) {
    if (sign * reading.contributions[i] < least_log_odds || named.size() == most_named) break;
    named.push_back(
        concat(words_of(reading.features[i]), " (odds times ", number(std::exp(reading.contributions[i])), ")"));
  }
  return joined(named, " and ");
}

std::string reason_of(const RiskReading& reading, const RiskModel& model) {
  switch (reading.status) {
    case Status::unscaled:
      return "the counts lack rhetoric, military or cooperation, and the model needs all three";
    case Status::warming_up:
      return concat("fewer than ", model.options().warm_up_days, " days have been collected");
    default:
      return "nothing has been collected for too long";
  }
}

}  // namespace

std::vector<std::string> explain(const RiskModel& model, const Scores& scores, const Pair& pair, Day day,
                                 const std::vector<Onset>* onsets) {
  const RiskReading reading = model.at(scores, pair, day, onsets);
  const RiskModel::Options& options = model.options();
  const std::string who = to_string(pair);
  if (std::isnan(reading.risk)) {
    return {concat("There is no risk for ", who, " on ", to_words(day), ": ", reason_of(reading, model), ".")};
  }
  std::vector<std::string> all;
  std::string first =
      concat("The chance that force is used between ", who, " within ", counted(options.horizon_days, "day"), " of ",
             to_words(day), " is ", percent(reading.risk), wording::percent_range(reading.interval), ", against ",
             percent(model.training().base_rate()), " on an average pair-day of the training regions");
  const std::string raises = strongest(reading, 1);
  first += raises.empty() ? "." : concat("; what raises it most: ", raises, ".");
  all.push_back(first);
  const std::string lowers = strongest(reading, -1);
  if (!lowers.empty()) all.push_back(concat("What lowers it most: ", lowers, "."));
  if (reading.days_since_onset && *reading.days_since_onset <= options.quiet_days) {
    all.push_back(concat("Force was used ", counted(*reading.days_since_onset, "day"),
                         " ago. The model was fitted to days after ", options.quiet_days,
                         " days without, so this chance of another use of force is an extrapolation."));
  }
  if (reading.status == Status::no_data) {
    all.push_back("Nothing was collected on this day; the chance is that of the last day with data.");
  }
  if (reading.status == Status::provisional) {
    all.push_back("Reports of these days still come in, so the chance is provisional.");
  }
  if (onsets != nullptr && threats_known_from(*onsets, options.min_level).value_or(day + 1) > day) {
    all.push_back(concat("The table of onsets holds no event below level ", options.min_level,
                         " by that day, so nothing is known of threats and displays of force; they are taken as on an "
                         "average day."));
  }
  all.push_back(concat("The model was fitted to ", model.training().description, "; it has seen ",
                       onsets == nullptr ? "events alone" : "events, past uses of force and threats of it", "."));
  return all;
}

}  // namespace tocsin
