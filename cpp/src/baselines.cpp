#include "tocsin/baselines.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>

#include "tocsin/discounted_count.hpp"
#include "tocsin/indicators/ears.hpp"

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

using Days = std::vector<double>;

// The counts of a pair, both directions together, one value a day; what was not collected is 0 with exposure 0.
struct DailyCounts {
  Days exposure;
  Days hostile;
  Days military;
  Days material;     // military and punitive
  Days acts;         // hostile and cooperative
  Days conflict;     // minus the sum of the negative Goldstein values: high is worse
  Days cooperation;  // the sum of the positive ones

  static DailyCounts of(const CountPanel& panel, std::size_t pair);
};

double known(double value) { return std::isnan(value) ? 0 : value; }

DailyCounts DailyCounts::of(const CountPanel& panel, std::size_t pair) {
  const PairCounts& counts = panel.pairs()[pair];
  const std::size_t size = panel.exposure().size();
  DailyCounts daily;
  daily.exposure = panel.exposure();
  for (Days* days :
       {&daily.hostile, &daily.military, &daily.material, &daily.acts, &daily.conflict, &daily.cooperation}) {
    days->assign(size, 0);
  }
  for (std::size_t row = 0; row < counts.days.size(); ++row) {
    const auto day = static_cast<std::size_t>(counts.days[row].day);
    for (std::size_t direction = 0; direction < 2; ++direction) {
      const auto& cells = counts.days[row].counts[direction];
      const double military = known(cells[index_of(Signal::military)]);
      const double material = military + known(cells[index_of(Signal::punitive)]);
      const double hostile = material + known(cells[index_of(Signal::rhetoric)]);
      daily.military[day] += military;
      daily.material[day] += material;
      daily.hostile[day] += hostile;
      daily.acts[day] += hostile + known(cells[index_of(Signal::cooperation)]);
      if (counts.extras.empty()) continue;
      const auto& extras = counts.extras[row][direction];
      daily.conflict[day] -= known(extras[index_of(Extra::goldstein_conflict)]);
      daily.cooperation[day] += known(extras[index_of(Extra::goldstein_cooperation)]);
    }
  }
  return daily;
}

// Acts a collected day over the last days, (t - window, t].
class WindowRate {
 public:
  WindowRate(const Days& counts, const Days& exposure) : counts_(sums(counts)), exposure_(sums(exposure)) {}

  [[nodiscard]] double at(std::size_t day, std::size_t window) const {
    const std::size_t from = day + 1 > window ? day + 1 - window : 0;
    const double days = exposure_[day + 1] - exposure_[from];
    return days > 0 ? (counts_[day + 1] - counts_[from]) / days : nan;
  }

 private:
  static Days sums(const Days& values) {
    Days all(values.size() + 1);
    for (std::size_t i = 0; i < values.size(); ++i) all[i + 1] = all[i] + values[i];
    return all;
  }

  Days counts_;
  Days exposure_;
};

template <class Value>
Eigen::VectorXd each_day(std::size_t size, const Value& value) {
  Eigen::VectorXd column(static_cast<Eigen::Index>(size));
  for (std::size_t day = 0; day < size; ++day) column[static_cast<Eigen::Index>(day)] = value(day);
  return column;
}

Eigen::VectorXd window_rate(const Days& counts, const DailyCounts& daily, std::size_t window) {
  const WindowRate rate(counts, daily.exposure);
  return each_day(counts.size(), [&](std::size_t day) { return rate.at(day, window); });
}

Eigen::VectorXd discounted_rate(const Days& counts, const DailyCounts& daily, double half_life_days) {
  DiscountedCount sum(half_life_days);
  return each_day(counts.size(), [&](std::size_t day) {
    sum.step(counts[day], daily.exposure[day]);
    return sum.exposure() > 0 ? sum.count() / sum.exposure() : nan;
  });
}

// n1 / (n + 1): one act more than there were, so that a single act of a silent pair is not the whole.
Eigen::VectorXd discounted_share(const Days& part, const Days& whole, const DailyCounts& daily, double half_life_days) {
  DiscountedCount parts(half_life_days);
  DiscountedCount all(half_life_days);
  return each_day(part.size(), [&](std::size_t day) {
    parts.step(part[day], daily.exposure[day]);
    all.step(whole[day], daily.exposure[day]);
    return all.exposure() > 0 ? parts.count() / (all.count() + 1) : nan;
  });
}

// Rate of the last days over a longer mean, which counts as one act in `floor_days` at least.
Eigen::VectorXd ratio_to_mean(const Eigen::VectorXd& recent, const DailyCounts& daily, std::size_t mean_days,
                              double floor_days) {
  const WindowRate mean(daily.hostile, daily.exposure);
  return each_day(daily.hostile.size(), [&](std::size_t day) {
    return recent[static_cast<Eigen::Index>(day)] / std::max(mean.at(day, mean_days), 1 / floor_days);
  });
}

Eigen::VectorXd ears_c2(const DailyCounts& daily) {
  Ears ears({.method = Ears::Method::c2});
  double last = 0;
  return each_day(daily.hostile.size(), [&](std::size_t day) {
    const double statistic = ears.step(daily.hostile[day], daily.exposure[day]).statistic;
    // Where a day of its window is missing it says nothing new.
    if (!std::isnan(statistic)) last = statistic;
    return last;
  });
}

// Whether a value is the highest of the last days, it being above 0.
std::vector<bool> is_record(const Eigen::VectorXd& values, Eigen::Index window) {
  std::vector<bool> records;
  std::deque<Eigen::Index> highest;  // of the window, with falling values
  for (Eigen::Index day = 0; day < values.size(); ++day) {
    const double value = std::isnan(values[day]) ? 0 : values[day];
    while (!highest.empty() && highest.front() <= day - window) highest.pop_front();
    records.push_back(value > 0 && (highest.empty() || value >= values[highest.front()]));
    while (!highest.empty() && values[highest.back()] <= value) highest.pop_back();
    if (!std::isnan(values[day])) highest.push_back(day);
  }
  return records;
}

// 0, or 1 where the 30-day sum is the highest of a year, or 2 where it is the highest of three.
Eigen::VectorXd record_steps(const DailyCounts& daily) {
  const Eigen::VectorXd sums = window_rate(daily.hostile, daily, 30);
  const auto of_year = is_record(sums, 365);
  const auto of_three = is_record(sums, 3 * 365);
  return each_day(of_year.size(),
                  [&](std::size_t day) { return (of_year[day] ? 1.0 : 0.0) + (of_three[day] ? 1.0 : 0.0); });
}

}  // namespace

const std::vector<PlainPredictor>& baselines() {
  static const std::vector<PlainPredictor> all{{"hostile_last_day"},
                                               {"hostile_7_days"},
                                               {"hostile_half_life_14"},
                                               {"hostile_half_life_30"},
                                               {"military_half_life_60"},
                                               {"hostile_share_half_life_14"},
                                               {"material_share_half_life_14"},
                                               {"spike_ratio"},
                                               {"ratio_14_days"},
                                               {"ears_c2"},
                                               {"record_30_days"},
                                               {"goldstein_7_days", true},
                                               {"goldstein_30_days", true},
                                               {"goldstein_conflict_30_days", true}};
  return all;
}

Eigen::MatrixXd baselines_of(const CountPanel& panel, std::size_t pair) {
  const DailyCounts daily = DailyCounts::of(panel, pair);
  const Collected& collected = panel.collected();
  const bool has_goldstein = collected.has(Extra::goldstein_conflict) && collected.has(Extra::goldstein_cooperation);
  Days net = daily.conflict;
  for (std::size_t day = 0; day < net.size(); ++day) net[day] -= daily.cooperation[day];
  constexpr double rarest = 180;  // one act in half a year
  const Eigen::VectorXd fortnight = discounted_rate(daily.hostile, daily, 14);
  Eigen::MatrixXd all(static_cast<Eigen::Index>(net.size()), static_cast<Eigen::Index>(baselines().size()));
  all << window_rate(daily.hostile, daily, 1), window_rate(daily.hostile, daily, 7), fortnight,
      discounted_rate(daily.hostile, daily, 30), discounted_rate(daily.military, daily, 60),
      discounted_share(daily.hostile, daily.acts, daily, 14), discounted_share(daily.material, daily.acts, daily, 14),
      ratio_to_mean(fortnight, daily, 180, rarest),
      ratio_to_mean(window_rate(daily.hostile, daily, 14), daily, 180, rarest / 6), ears_c2(daily), record_steps(daily),
      window_rate(net, daily, 7), window_rate(net, daily, 30), window_rate(daily.conflict, daily, 30);
  for (std::size_t i = 0; i < baselines().size(); ++i) {
    if (baselines()[i].needs_goldstein && !has_goldstein) all.col(static_cast<Eigen::Index>(i)).setConstant(nan);
  }
  return all;
}

std::vector<Eigen::VectorXd> climatology(const std::vector<PairLabels>& labels, int horizon_days) {
  constexpr double prior_days = 365;
  const std::size_t days = labels.empty() ? 0 : labels.front().labels.size();
  std::vector<Eigen::VectorXd> shares(labels.size(), Eigen::VectorXd(static_cast<Eigen::Index>(days)));
  std::vector<double> judged(labels.size());
  std::vector<double> positive(labels.size());
  double all_judged = 1;  // one day, half of it positive: before anything is known
  double all_positive = 0.5;
  const auto horizon = static_cast<std::size_t>(horizon_days);
  for (std::size_t day = 0; day < days; ++day) {
    for (std::size_t pair = 0; pair < labels.size() && day >= horizon; ++pair) {
      const std::int8_t label = labels[pair].labels[day - horizon];
      if (label == PairLabels::unknown) continue;
      judged[pair] += 1;
      positive[pair] += label;
      all_judged += 1;
      all_positive += label;
    }
    for (std::size_t pair = 0; pair < labels.size(); ++pair) {
      shares[pair][static_cast<Eigen::Index>(day)] =
          (positive[pair] + prior_days * all_positive / all_judged) / (judged[pair] + prior_days);
    }
  }
  return shares;
}

Eigen::VectorXd recency(const PairLabels& labels) {
  return each_day(labels.days_since.size(), [&](std::size_t day) { return -std::log2(1.0 + labels.days_since[day]); });
}

}  // namespace tocsin
