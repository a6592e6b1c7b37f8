#include "tocsin/monitor.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

#include "monitor_core.hpp"
#include "parallel.hpp"
#include "score_pair.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

bool is_blank(const std::vector<double>& column) {
  return std::all_of(column.begin(), column.end(), [](double value) { return std::isnan(value); });
}

void require_known_columns(const CountTable& table, const Collected& collected) {
  if (table.is_directed != collected.is_directed) {
    throw InputError(concat("the monitor counts ", collected.is_directed ? "by direction (source, target)" : "by pair",
                            ", these rows do not"));
  }
  for (std::size_t i = 0; i < exposure_column; ++i) {
    const bool is_known = i < signal_count ? collected.signals[i] : collected.extras[i - signal_count];
    if (is_known || is_blank(table.values[i])) continue;
    throw InputError(concat("column \"", column_names[i],
                            "\" is given, but the monitor was made for a source that does not ",
                            "collect it; make a monitor with all columns of the source"));
  }
}

// The day's counts as a panel of one day; no panel where the table has no row. A column of the source that is not given
// today was not collected today, and that has to reach the cells.
std::optional<CountPanel> day_panel(Day day, const CountTable& given, double exposure, const Collected& collected) {
  CountTable rows = given;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows.dates[i] == day) continue;
    const std::int64_t line = rows.lines.empty() ? static_cast<std::int64_t>(i) + 1 : rows.lines[i];
    throw ParseError(rows.origin, line, 0,
                     concat("holds the date ", to_string(rows.dates[i]), ", but ", to_string(day),
                            " is pushed; push one day at a time"));
  }
  if (rows.size() == 0) return std::nullopt;
  require_known_columns(rows, collected);
  // The panel has to know the day's exposure: it refuses counts on a day that was not collected.
  if (is_blank(rows.values[exposure_column])) rows.values[exposure_column].assign(rows.size(), exposure);
  return CountPanel::from_table(rows, Calendar{day, day}, collected);
}

// Does something with every pair on a few threads, some hundred pairs at a time.
template <class Pairs, class Do>
void for_each_pair(Pairs& pairs, int threads, const Do& act) {
  constexpr std::size_t stretch = 128;
  std::vector<decltype(&*pairs.begin())> entries;
  entries.reserve(pairs.size());
  for (auto& entry : pairs) entries.push_back(&entry);
  const RunControl watched{[] {
                             end_if_stopping();
                             return false;
                           },
                           [&](std::size_t stretches, std::size_t) {
                             end_if_stopping(std::min(stretches * stretch, entries.size()), entries.size());
                           }};
  parallel_for((entries.size() + stretch - 1) / stretch, threads,
               [&](std::size_t part, const std::atomic<bool>& is_stopping) {
                 const std::size_t end = std::min((part + 1) * stretch, entries.size());
                 for (std::size_t i = part * stretch; i < end && !is_stopping; ++i) {
                   act(i, entries[i]->first, entries[i]->second);
                 }
               },
               watched);
}

Reading readings_of(const Evening& evening, const Config& config, Intervals intervals, int threads) {
  const Detail detail = intervals == Intervals::none ? Detail::values : Detail::intervals;
  Reading reading{*evening.day, {}, std::vector<ScoreRow>(evening.pairs.size())};
  reading.pairs.reserve(evening.pairs.size());
  for (const auto& entry : evening.pairs) reading.pairs.push_back(entry.first);
  for_each_pair(evening.pairs, threads, [&](std::size_t i, const Pair& pair, const PairScorer& scorer) {
    reading.rows[i] = scorer.read(detail, key_of(pair), config.settle_days > 0);
  });
  return reading;
}

}  // namespace

Evening evening_after(Evening evening, const PushedDay& pushed, int threads) {
  const PairDay not_collected{};
  const std::int32_t passed_over = evening.day ? pushed.day - *evening.day - 1 : 0;
  for (std::int32_t day = 0; day < passed_over; ++day) evening.silent.update(not_collected);
  if (passed_over > 0) {
    for_each_pair(evening.pairs, threads, [&](std::size_t, const Pair&, PairScorer& scorer) {
      for (std::int32_t day = 0; day < passed_over; ++day) scorer.update(not_collected);
    });
  }
  for (const PairCounts& counts : pushed.pairs) evening.pairs.try_emplace(counts.pair, evening.silent);
  evening.silent.update({pushed.exposure, nullptr, nullptr, pushed.total});
  std::vector<PairDay> rows(evening.pairs.size(), PairDay{pushed.exposure, nullptr, nullptr, pushed.total});
  auto given = pushed.pairs.begin();
  auto row = rows.begin();
  for (const auto& entry : evening.pairs) {
    if (given != pushed.pairs.end() && given->pair == entry.first) {
      row->counts = given->days.empty() ? nullptr : &given->days.front();
      row->extras = given->extras.empty() ? nullptr : &given->extras.front();
      ++given;
    }
    ++row;
  }
  for_each_pair(evening.pairs, threads,
                [&](std::size_t i, const Pair&, PairScorer& scorer) { scorer.update(rows[i]); });
  evening.day = pushed.day;
  return evening;
}

Monitor::Monitor(Config config, Collected collected) {
  config.validate();
  core_ = std::make_unique<Core>(Core{config, collected, {}, {}});
  core_->evenings.push_back({std::nullopt, PairScorer(config, collected), {}});
}

Monitor::Monitor(std::unique_ptr<Core> core) : core_(std::move(core)) {}
Monitor::~Monitor() = default;
Monitor::Monitor(Monitor&&) noexcept = default;
Monitor& Monitor::operator=(Monitor&&) noexcept = default;

Reading Monitor::push(Day day, const CountTable& rows, double exposure, std::optional<Day> replay_from,
                      Intervals intervals, int threads) {
  if (day < earliest_day || day > latest_day) throw InputError(concat("the day ", to_string(day), " is out of range"));
  if (!(exposure >= 0 && exposure <= 1e9))
    throw InputError(concat("exposure is ", shortest(exposure), ", expected a number >= 0"));
  std::deque<Evening>& evenings = core_->evenings;

  std::size_t back_to = evenings.size() - 1;
  if (replay_from) {
    while (evenings[back_to].day && *evenings[back_to].day >= *replay_from && back_to > 0) --back_to;
    if (evenings[back_to].day && *evenings[back_to].day >= *replay_from) {
      throw StateError(concat("replay_from ", to_string(*replay_from), " is too far back; this monitor can go back to ",
                              to_string(*evenings.front().day + 1), " (settle_days is ", core_->config.settle_days,
                              ")"));
    }
    // Going back to before the first day would lose every day that was taken, which nobody means by a day further back.
    const bool is_before_all = !evenings[back_to].day && back_to + 1 < evenings.size();
    if (is_before_all && *replay_from < *evenings[back_to + 1].day) {
      throw StateError(concat("replay_from ", to_string(*replay_from), " is before ",
                              to_string(*evenings[back_to + 1].day), ", the first day that this monitor took; ",
                              "give that day to begin again, or a later one"));
    }
  }
  const std::optional<Day> last = evenings[back_to].day;
  if (last && day <= *last) {
    throw StateError(concat(to_string(day), " is not after ", to_string(*last),
                            ", the last day that this monitor took; ",
                            "push later days, or give replay_from to take a recent day again"));
  }
  const std::optional<CountPanel> panel = day_panel(day, rows, exposure, core_->collected);
  PushedDay pushed;
  pushed.day = day;
  pushed.exposure = exposure;
  if (panel) {
    pushed.exposure = panel->exposure().front();
    if (!panel->total().empty()) pushed.total = panel->total().front();
    pushed.pairs = panel->pairs();
  }
  Evening now = evening_after(evenings[back_to], pushed, threads);
  Reading reading = readings_of(now, core_->config, intervals, threads);
  evenings.resize(back_to + 1, now);  // only shrinks
  evenings.push_back(std::move(now));
  core_->days.resize(back_to);
  core_->days.push_back(std::move(pushed));
  while (evenings.size() > static_cast<std::size_t>(core_->config.settle_days) + 1) {
    evenings.pop_front();
    core_->days.pop_front();
  }
  return reading;
}

const ActHistory& Monitor::Core::history_of(const Pair& pair) const {
  const Evening& now = evenings.back();
  const auto known = now.pairs.find(pair);
  if (known == now.pairs.end()) {
    throw InputError(concat("pair ", in_quotes(to_string(pair)), " has not acted since the monitor began"));
  }
  return known->second.history();
}

const Config& Monitor::config() const { return core_->config; }

std::optional<Day> Monitor::last_day() const { return core_->evenings.back().day; }

std::vector<Pair> Monitor::pairs() const {
  std::vector<Pair> pairs;
  for (const auto& [pair, scorer] : core_->evenings.back().pairs) pairs.push_back(pair);
  return pairs;
}

std::string Monitor::to_json() const {
  return monitor_to_json(core_->config, core_->collected, core_->evenings.front(), core_->days);
}

Monitor Monitor::from_json(std::string_view text) {
  MonitorDocument document = monitor_from_json(text);
  auto core = std::make_unique<Core>(Core{document.config, document.collected, {}, {}});
  core->evenings.push_back(std::move(document.evening));
  for (PushedDay& day : document.days) {
    core->evenings.push_back(evening_after(core->evenings.back(), day, 0));
    core->days.push_back(std::move(day));
  }
  return Monitor(std::move(core));
}

}  // namespace tocsin
