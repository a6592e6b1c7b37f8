#include "score_pair.hpp"

#include <string>

#include "pair_scorer.hpp"
#include "random.hpp"

namespace tocsin {

namespace {

// Calls `take(day, row)` for every day of the calendar up to `last`, with the sparse rows of one pair made dense on the
// way.
template <class Take>
void for_each_day(const CountPanel& panel, const PairCounts& pair, Day last, const Take& take) {
  std::size_t next = 0;
  for (std::int32_t day = 0; day <= last - panel.calendar().first; ++day) {
    PairDay row{panel.exposure()[static_cast<std::size_t>(day)]};
    if (!panel.total().empty()) row.total = panel.total()[static_cast<std::size_t>(day)];
    if (next < pair.days.size() && pair.days[next].day == day) {
      row.counts = &pair.days[next];
      row.extras = pair.extras.empty() ? nullptr : &pair.extras[next];
      ++next;
    }
    take(day, row);
  }
}

}  // namespace

std::uint64_t key_of(const Pair& pair) { return random::hash_text(pair.first + '\0' + pair.second); }

PairScores score_pair(const CountPanel& panel, std::size_t index, const Config& config, Intervals intervals,
                      const std::atomic<bool>& is_stopping) {
  const PairCounts& pair = panel.pairs()[index];
  const std::int32_t days = panel.calendar().size();
  PairScores scores{pair.pair, std::vector<Status>(static_cast<std::size_t>(days)),
                    Eigen::MatrixXd(days, static_cast<Eigen::Index>(score_column_count))};
  const std::uint64_t pair_key = key_of(pair.pair);
  PairScorer scorer(config, panel.collected());
  for_each_day(panel, pair, panel.calendar().last, [&](std::int32_t day, const PairDay& row) {
    if (is_stopping) return;
    scorer.update(row);
    const bool is_last = day == days - 1;
    const bool has_intervals = intervals == Intervals::all || (intervals == Intervals::latest && is_last);
    const ScoreRow read =
        scorer.read(has_intervals ? Detail::intervals : Detail::values, pair_key, day >= days - config.settle_days);
    scores.status[static_cast<std::size_t>(day)] = read.status;
    for (std::size_t i = 0; i < score_column_count; ++i)
      scores.values(day, static_cast<Eigen::Index>(i)) = read.values[i];
  });
  return scores;
}

ActHistory history_until(const CountPanel& panel, std::size_t index, Day day) {
  ActHistory history;
  for_each_day(panel, panel.pairs()[index], day,
               [&](std::int32_t, const PairDay& row) { history.step(Observation::of(row, panel.collected()).acts); });
  return history;
}

ScoreRow score_day(const CountPanel& panel, std::size_t index, const Config& config, Intervals intervals, Day day) {
  const PairCounts& pair = panel.pairs()[index];
  PairScorer scorer(config, panel.collected());
  for_each_day(panel, pair, day, [&](std::int32_t, const PairDay& row) { scorer.update(row); });
  return scorer.read(intervals == Intervals::none ? Detail::values : Detail::intervals, key_of(pair.pair),
                     panel.calendar().last - day < config.settle_days);
}

}  // namespace tocsin
