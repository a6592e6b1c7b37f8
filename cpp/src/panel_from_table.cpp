#include <algorithm>
#include <cmath>
#include <numeric>

#include "parallel.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "tocsin/panel.hpp"

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double largest_count = 1e9;

// Checks single rows and values, with the place of the fault in every message.
class TableChecker {
 public:
  explicit TableChecker(const CountTable& table) : table_(table) {}

  void check() const {
    if (table_.size() == 0) {
      throw InputError(concat(table_.origin, ": there is a header but no row; expected at least one day of counts"));
    }
    check_lengths();
    for (std::size_t row = 0; row < table_.size(); ++row) {
      if (row % rows_between_looks == 0) end_if_stopping();
      check_date(row);
      check_actor(row, table_.sources[row]);
      check_actor(row, table_.targets[row]);
      if (table_.sources[row] == table_.targets[row]) {
        fail(row, 0,
             concat("actor ", in_quotes(table_.actors[table_.sources[row]]),
                    " is source and target; a pair needs two actors, leave such rows out"));
      }
    }
    for (std::size_t column = 0; column < column_count; ++column) {
      end_if_stopping();
      for (std::size_t row = 0; row < table_.values[column].size(); ++row) check_value(row, column);
    }
  }

  [[nodiscard]] std::int64_t line(std::size_t row) const {
    return table_.lines.empty() ? static_cast<std::int64_t>(row) + 1 : table_.lines[row];
  }

  [[noreturn]] void fail(std::size_t row, std::int64_t position, std::string_view what) const {
    throw ParseError(table_.origin, line(row), position, what);
  }

 private:
  void check_lengths() const {
    const auto require = [&](std::size_t found, std::string_view name, bool may_be_absent) {
      if (found == table_.size() || (may_be_absent && found == 0)) return;
      throw InputError(concat(table_.origin, ": column \"", name, "\" has ", found, " rows, expected ", table_.size(),
                              " as in \"date\""));
    };
    require(table_.sources.size(), "source", false);
    require(table_.targets.size(), "target", false);
    require(table_.lines.size(), "lines", true);
    for (std::size_t i = 0; i < column_count; ++i) require(table_.values[i].size(), column_names[i], true);
  }

  void check_actor(std::size_t row, std::uint32_t id) const {
    if (id >= table_.actors.size())
      fail(row, 0, concat("actor number ", id, " is not in the list of ", table_.actors.size(), " actors"));
    const std::string& name = table_.actors[id];
    if (name.empty()) fail(row, 0, "an actor has no name");
    // Results are JSON and Python text: a name in another encoding would fail there, long after the file was read.
    if (!is_utf8(name)) fail(row, 0, concat("actor ", in_quotes(name), " is not UTF-8 text; save the file as UTF-8"));
  }

  void check_date(std::size_t row) const {
    const Day day = table_.dates[row];
    if (day < earliest_day || day > latest_day) {
      fail(row, 0,
           concat("the date ", to_string(day), " is out of range, expected a day from ", to_string(earliest_day),
                  " to ", to_string(latest_day)));
    }
  }

  void check_value(std::size_t row, std::size_t column) const {
    const double value = table_.values[column][row];
    if (std::isnan(value)) return;
    const bool is_signed = column == signal_count + index_of(Extra::goldstein_conflict);
    const bool may_be_fractional =
        column == index_of(Signal::mediation) || column >= signal_count + index_of(Extra::goldstein_conflict);
    const double least = is_signed ? -largest_count : 0;
    const double most = is_signed ? 0 : largest_count;
    const bool is_whole = std::floor(value) == value;
    if (value >= least && value <= most && (is_whole || may_be_fractional)) return;
    const std::string_view expected = is_signed           ? "a sum <= 0"
                                      : may_be_fractional ? "a number >= 0 and at most 1e9"
                                                          : "a whole count >= 0 and at most 1e9";
    fail(row, table_.positions[column],
         concat("column \"", column_names[column], "\" holds \"", shortest(value), "\", expected ", expected,
                "; leave the cell empty if it was not collected"));
  }

  const CountTable& table_;
};

struct Key {
  std::uint32_t first;  // ranks of names, so that order does not depend on the order of rows
  std::uint32_t second;
  std::int32_t day;
  std::uint32_t direction;
  std::size_t row;

  friend auto operator<=>(const Key&, const Key&) = default;
  [[nodiscard]] bool same_cell(const Key& other) const {
    return first == other.first && second == other.second && day == other.day && direction == other.direction;
  }
};

std::vector<std::uint32_t> ranks_of(const std::vector<std::string>& names) {
  std::vector<std::uint32_t> order(names.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return names[a] < names[b]; });
  std::vector<std::uint32_t> ranks(names.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) ranks[order[i]] = i;
  return ranks;
}

std::vector<Key> sorted_keys(const CountTable& table, const TableChecker& checker, const Calendar& calendar) {
  const std::vector<std::uint32_t> rank = ranks_of(table.actors);
  std::vector<Key> keys;
  keys.reserve(table.size());
  for (std::size_t row = 0; row < table.size(); ++row) {
    if (!calendar.contains(table.dates[row])) continue;
    const std::uint32_t source = rank[table.sources[row]];
    const std::uint32_t target = rank[table.targets[row]];
    const bool is_forward = source < target || !table.is_directed;
    keys.push_back({std::min(source, target), std::max(source, target), table.dates[row] - calendar.first,
                    is_forward ? 0U : 1U, row});
  }
  sort_or_end(keys);
  const auto same =
      std::adjacent_find(keys.begin(), keys.end(), [](const Key& a, const Key& b) { return a.same_cell(b); });
  if (same != keys.end()) {
    const Key& again = *(same + 1);
    const std::string_view joint = table.is_directed ? " > " : " - ";
    checker.fail(again.row, 0,
                 concat("a second row for ", table.actors[table.sources[again.row]], joint,
                        table.actors[table.targets[again.row]], " on ", to_string(table.dates[again.row]),
                        "; the first is on line ", checker.line(same->row), "; add the two up or remove one"));
  }
  return keys;
}

// A column that belongs to the day: every row of a day that gives it must give the same value.
std::vector<double> day_values(const CountTable& table, const TableChecker& checker, const Calendar& calendar,
                               std::size_t column, double otherwise) {
  std::vector<double> values(static_cast<std::size_t>(calendar.size()), otherwise);
  std::vector<std::size_t> given_by(values.size(), table.size());
  for (std::size_t row = 0; row < table.values[column].size(); ++row) {
    const double value = table.values[column][row];
    if (std::isnan(value) || !calendar.contains(table.dates[row])) continue;
    const auto day = static_cast<std::size_t>(table.dates[row] - calendar.first);
    if (given_by[day] == table.size()) {
      given_by[day] = row;
      values[day] = value;
    } else if (values[day] != value) {
      checker.fail(row, table.positions[column],
                   concat("column \"", column_names[column], "\" holds ", shortest(value), " for ",
                          to_string(table.dates[row]), ", but line ", checker.line(given_by[day]), " holds ",
                          shortest(values[day]), "; it belongs to the day and must be the same in every row of a day"));
    }
  }
  return values;
}

// Mediation and pair-level extras are summed over the rows of a day onto direction 0; not collected only where no row
// gives them.
void fold_onto_pair(double& forward, double& backward) {
  if (std::isnan(forward)) {
    forward = backward;
  } else if (!std::isnan(backward)) {
    forward += backward;
  }
  backward = 0;
}

bool is_quiet(const DayCounts& row) {
  for (const auto& direction : row.counts) {
    for (const double value : direction) {
      if (value != 0) return false;  // true for NaN: a cell that was not collected has to be kept
    }
  }
  return true;
}

bool is_quiet(const DayExtras& row) {
  for (const auto& direction : row) {
    for (const double value : direction) {
      if (value != 0) return false;
    }
  }
  return true;
}

class PanelRows {
 public:
  PanelRows(const CountTable& table, const Collected& collected) : table_(table), collected_(collected) {}

  // Adds the rows [begin, end) of one pair and day.
  void add(PairCounts& pair, const Key* begin, const Key* end) const {
    DayCounts counts;
    DayExtras extras{};
    counts.day = begin->day;
    std::array<bool, 2> has_row{};
    for (const Key* key = begin; key != end; ++key) {
      has_row[key->direction] = true;
      read_row(key->row, counts.counts[key->direction], extras[key->direction]);
    }
    fold(has_row, counts.counts, index_of(Signal::mediation));
    fold(has_row, extras, index_of(Extra::mediators));
    fold(has_row, extras, index_of(Extra::third_party_hostile));
    if (is_quiet(counts) && is_quiet(extras)) return;
    pair.days.push_back(counts);
    if (collected_.extras.any()) pair.extras.push_back(extras);
  }

 private:
  template <class Rows>
  static void fold(const std::array<bool, 2>& has_row, Rows& rows, std::size_t i) {
    if (has_row[0] && has_row[1]) {
      fold_onto_pair(rows[0][i], rows[1][i]);
    } else if (has_row[1]) {
      rows[0][i] = rows[1][i];
      rows[1][i] = 0;
    }
  }

  void read_row(std::size_t row, std::array<double, signal_count>& counts,
                std::array<double, extra_count>& extras) const {
    for (std::size_t i = 0; i < signal_count; ++i) counts[i] = cell(row, i, collected_.signals[i]);
    for (std::size_t i = 0; i < extra_count; ++i) extras[i] = cell(row, signal_count + i, collected_.extras[i]);
  }

  // A column that nobody collects is kept as 0 and known by `collected()`: every row would repeat the same NaN.
  [[nodiscard]] double cell(std::size_t row, std::size_t column, bool is_collected) const {
    if (!is_collected) return 0;
    return table_.values[column].empty() ? nan : table_.values[column][row];
  }

  const CountTable& table_;
  Collected collected_;
};

bool holds_a_value(const std::vector<double>& column) {
  return std::any_of(column.begin(), column.end(), [](double value) { return !std::isnan(value); });
}

Collected collected_in(const CountTable& table) {
  Collected collected;
  for (std::size_t i = 0; i < signal_count; ++i) collected.signals[i] = holds_a_value(table.values[i]);
  for (std::size_t i = 0; i < extra_count; ++i) collected.extras[i] = holds_a_value(table.values[signal_count + i]);
  return collected;
}

Calendar calendar_of(const CountTable& table, const std::optional<Calendar>& asked) {
  if (asked) {
    if (asked->last < asked->first) {
      throw InputError(
          concat("the calendar ends on ", to_string(asked->last), " before it begins on ", to_string(asked->first)));
    }
    if (asked->first < earliest_day || asked->last > latest_day) {
      throw InputError(
          concat("the calendar ", to_string(asked->first), " to ", to_string(asked->last), " is out of range"));
    }
    return *asked;
  }
  const auto [first, last] = std::minmax_element(table.dates.begin(), table.dates.end());
  return {*first, *last};
}

void refuse_counts_without_exposure(const CountTable& table, const TableChecker& checker, const std::vector<Key>& keys,
                                    const std::vector<double>& exposure) {
  for (const Key& key : keys) {
    if (exposure[static_cast<std::size_t>(key.day)] > 0) continue;
    for (std::size_t column = 0; column < exposure_column; ++column) {
      if (table.values[column].empty()) continue;
      const double value = table.values[column][key.row];
      if (std::isnan(value) || value == 0) continue;
      checker.fail(
          key.row, table.positions[column],
          concat("column \"", column_names[column], "\" holds ", shortest(value),
                 " on a day with exposure 0, which means not collected; give the day an exposure or empty the cell"));
    }
  }
}

}  // namespace

CountPanel CountPanel::from_table(const CountTable& table, std::optional<Calendar> asked,
                                  std::optional<Collected> collected) {
  const TableChecker checker(table);
  checker.check();
  CountPanel panel;
  panel.calendar_ = calendar_of(table, asked);
  panel.collected_ = collected ? *collected : collected_in(table);
  panel.collected_.is_directed = table.is_directed;
  panel.warnings_ = table.warnings;
  panel.exposure_ = day_values(table, checker, panel.calendar_, exposure_column, 1);
  if (holds_a_value(table.values[total_column])) {
    panel.total_ = day_values(table, checker, panel.calendar_, total_column, nan);
  }

  const std::vector<Key> keys = sorted_keys(table, checker, panel.calendar_);
  if (keys.size() < table.size()) {
    panel.add_warning(concat(table.origin, ": left out ", table.size() - keys.size(), " of ", table.size(),
                             " rows outside the calendar ", to_string(panel.calendar_.first), " to ",
                             to_string(panel.calendar_.last)));
  }
  refuse_counts_without_exposure(table, checker, keys, panel.exposure_);

  const PanelRows rows(table, panel.collected_);
  std::vector<PairCounts> pairs;
  for (std::size_t begin = 0; begin < keys.size();) {
    std::size_t end = begin;
    while (end < keys.size() && keys[end].first == keys[begin].first && keys[end].second == keys[begin].second &&
           keys[end].day == keys[begin].day) {
      ++end;
    }
    const std::string& source = table.actors[table.sources[keys[begin].row]];
    const std::string& target = table.actors[table.targets[keys[begin].row]];
    const bool is_new_pair =
        begin == 0 || keys[begin].first != keys[begin - 1].first || keys[begin].second != keys[begin - 1].second;
    if (is_new_pair) end_if_stopping();
    if (is_new_pair) pairs.push_back({Pair::of(source, target), {}, {}});
    if (panel.exposure_[static_cast<std::size_t>(keys[begin].day)] > 0) {
      rows.add(pairs.back(), keys.data() + begin, keys.data() + end);
    }
    begin = end;
  }
  if (pairs.empty()) {
    throw InputError(concat(table.origin, ": no row lies inside the calendar ", to_string(panel.calendar_.first),
                            " to ", to_string(panel.calendar_.last)));
  }
  panel.pairs_ = std::make_shared<const std::vector<PairCounts>>(std::move(pairs));
  return panel;
}

}  // namespace tocsin
