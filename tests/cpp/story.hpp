#pragma once

#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "sample_panels.hpp"
#include "tocsin/explain.hpp"

namespace tocsin::samples {

inline const Pair ind_pak{"IND", "PAK"};

// What happened between India and Pakistan, day by day; all five signals are collected.
class Story {
 public:
  explicit Story(int days) : days_(days) {}

  Story& acts(int day, Signal signal, double n, bool by_india = true) {
    cells_[{day, by_india}][index_of(signal)] += n;
    return *this;
  }
  // From one day to another, both included.
  Story& daily(int from, int to, Signal signal, double n, bool by_india = true) {
    for (int day = from; day <= to; ++day) acts(day, signal, n, by_india);
    return *this;
  }
  Story& not_collected_on(int from, int to) {
    for (int day = from; day <= to; ++day) cells_[{day, true}].fill(not_collected);
    return *this;
  }

  [[nodiscard]] Scores scores(const Config& config = {}, Intervals intervals = Intervals::latest) const {
    CountTable table;
    table.actors = {"IND", "PAK"};
    const auto row = [&](int day, bool by_india, const std::array<double, signal_count>& counts) {
      table.dates.push_back(first_day + day);
      table.sources.push_back(by_india ? 0 : 1);
      table.targets.push_back(by_india ? 1 : 0);
      for (std::size_t i = 0; i < signal_count; ++i) table.values[i].push_back(counts[i]);
      table.values[exposure_column].push_back(std::isnan(counts[0]) ? 0 : 1);
    };
    for (const auto& [place, counts] : cells_) row(place.first, place.second, counts);
    if (!cells_.contains({0, true})) row(0, true, {});
    return score(CountPanel::from_table(table, Calendar{first_day, first_day + (days_ - 1)}), config,
                 {.intervals = intervals, .threads = 1});
  }

  // The sentences of one day, on a line each.
  [[nodiscard]] std::string on(int day, const Config& config = {}, Audience audience = Audience::analyst) const {
    std::string text;
    for (const std::string& sentence : explain(scores(config), ind_pak, first_day + day, audience))
      text += sentence + "\n";
    return text;
  }

 private:
  int days_;
  std::map<std::pair<int, bool>, std::array<double, signal_count>> cells_;
};

// A year with two words a week, then a month of fighting on both sides.
inline Story war() {
  Story story(400);
  for (int day = 0; day < 360; day += 7) story.acts(day, Signal::rhetoric, 2);
  return story.daily(365, 399, Signal::military, 3)
      .daily(365, 399, Signal::military, 2, false)
      .acts(390, Signal::mediation, 1);
}

}  // namespace tocsin::samples
