#include "tocsin/monitor.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "monitor_core.hpp"
#include "score_pair.hpp"
#include "parallel.hpp"
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

Reading readings_of(const Evening& evening, const Config& config, Intervals intervals) {
  const Detail detail = intervals == Intervals::none ? Detail::values : Detail::intervals;
  Reading reading{*evening.day, {}, {}};
  for (const auto& [pair, scorer] : evening.pairs) {
    end_if_stopping(reading.pairs.size(), evening.pairs.size());
    reading.pairs.push_back(pair);
    reading.rows.push_back(scorer.read(detail, key_of(pair), config.settle_days > 0));
  }
  return reading;
}

}  // namespace

Evening evening_after(Evening evening, const PushedDay& pushed) {
  const PairDay not_collected{};
  for (; evening.day && *evening.day + 1 < pushed.day; evening.day = *evening.day + 1) {
    evening.silent.update(not_collected);
    for (auto& [pair, scorer] : evening.pairs) scorer.update(not_collected);
  }
  for (const PairCounts& counts : pushed.pairs) evening.pairs.try_emplace(counts.pair, evening.silent);
  evening.silent.update({pushed.exposure, nullptr, nullptr, pushed.total});
  auto given = pushed.pairs.begin();
  for (auto& [pair, scorer] : evening.pairs) {
    PairDay row{pushed.exposure, nullptr, nullptr, pushed.total};
    if (given != pushed.pairs.end() && given->pair == pair) {
      row.counts = given->days.empty() ? nullptr : &given->days.front();
      row.extras = given->extras.empty() ? nullptr : &given->extras.front();
      ++given;
    }
    scorer.update(row);
  }
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
                      Intervals intervals) {
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
  Evening now = evening_after(evenings[back_to], pushed);
  Reading reading = readings_of(now, core_->config, intervals);
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
    core->evenings.push_back(evening_after(core->evenings.back(), day));
    core->days.push_back(std::move(day));
  }
  return Monitor(std::move(core));
}

}  // namespace tocsin
