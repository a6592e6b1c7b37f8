#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tocsin/date.hpp"
#include "tocsin/signal.hpp"

namespace tocsin {

/// Two actors in alphabetical order (by bytes): the unit that is scored.
struct Pair {
  std::string first;
  std::string second;

  /// Puts the actors in order. @throws InputError if they are equal or one is empty
  static Pair of(std::string_view a, std::string_view b);
  /// Reads "IND-PAK" or "PAK-IND". @throws InputError unless the text holds exactly one '-' between two names
  static Pair parse(std::string_view text);

  friend auto operator<=>(const Pair&, const Pair&) = default;
};

/// "IND-PAK": for people; ambiguous where a name holds a '-', so code passes the two names.
[[nodiscard]] std::string to_string(const Pair& pair);

/// What happened between two actors on one day; NaN is a cell that was not collected.
/// Direction 0 is first > second. Mediation and the pair-level extra columns stand on direction 0 and are 0 on
/// direction 1.
struct DayCounts {
  std::int32_t day = 0;  // days since the first day of the calendar
  std::array<std::array<double, signal_count>, 2> counts{};

  [[nodiscard]] double mediation() const { return counts[0][index_of(Signal::mediation)]; }
};

using DayExtras = std::array<std::array<double, extra_count>, 2>;

/// One pair's sparse counts. A day without a row is a collected zero unless the day's exposure is 0.
struct PairCounts {
  Pair pair;
  std::vector<DayCounts> days;    // ascending in `day`, none with exposure 0
  std::vector<DayExtras> extras;  // empty, or as long as `days`
};

/// What a source collects at all: the same for every pair and day of a panel.
struct Collected {
  SignalSet signals;
  ExtraSet extras;
  bool is_directed = true;  // false: counts come by pair, and stand on direction 0

  [[nodiscard]] bool has(Signal signal) const { return signals[index_of(signal)]; }
  [[nodiscard]] bool has(Extra extra) const { return extras[index_of(extra)]; }
};

/// Where the counts of a panel come from; part of every result. Empty strings where the counts were given as such.
struct Provenance {
  std::string codebook;
  std::string codebook_version;
  std::string codebook_hash;
  std::string duplicates;  // "one_a_day" or "raw"
  std::string mediation;   // the rule that gives mediators' acts to pairs

  friend bool operator==(const Provenance&, const Provenance&) = default;
};

/// A table of daily counts as a file or a frame holds it: columns of equal length, rows in any order.
struct CountTable {
  std::string origin = "table";                        // names the table in messages: a path, or what it is
  std::vector<std::int64_t> lines;                     // line of each row in a file; empty: the row's number
  std::array<std::int64_t, column_count> positions{};  // 1-based column of a value in the file, for messages
  std::vector<Day> dates;
  std::vector<std::string> actors;  // names that `sources` and `targets` point into
  std::vector<std::uint32_t> sources;
  std::vector<std::uint32_t> targets;
  bool is_directed = true;                               // false: the table has a column `pair`
  std::array<std::vector<double>, column_count> values;  // indexed by Column; empty: not given. NaN: not collected
  std::vector<std::string> warnings;

  [[nodiscard]] std::size_t size() const { return dates.size(); }
  /// The columns that are given, whether or not a cell of them holds a value.
  [[nodiscard]] Collected given() const;
};

/// Counts per pair, day, direction and signal, with the days on which the source was collected. Immutable; copies are
/// cheap.
class CountPanel {
 public:
  /// Checks a table and arranges it by pair and day. Rows outside a given calendar are left out, with a warning.
  ///
  /// @param calendar   both ends included; absent: from the first to the last date of the table
  /// @param collected  what the source collects at all, where that is known from elsewhere; absent: the columns of
  /// which at
  ///                   least one cell holds a value
  /// @throws ParseError  for a negative, infinite or fractional count, a pair of an actor with itself, two rows for one
  /// day
  ///                     and direction (both are named), exposures of one day that differ, counts on a day with
  ///                     exposure 0
  /// @throws InputError  if there is no row, columns differ in length, or the calendar is backwards
  static CountPanel from_table(const CountTable& table, std::optional<Calendar> calendar = {},
                               std::optional<Collected> collected = {});

  /// The inverse of `from_table`: every day on which something happened or was not collected, and the first and last
  /// day of the calendar for every pair, by pair, date and direction. `from_table(to_table())` scores the same.
  [[nodiscard]] CountTable to_table() const;

  /// The same panel with these pairs only, on the same calendar. @throws InputError for a pair that is not there
  [[nodiscard]] CountPanel select(const std::vector<Pair>& pairs) const;

  /// The same panel up to and including a day: what was known then. @throws InputError outside the calendar
  [[nodiscard]] CountPanel until(Day last) const;

  [[nodiscard]] const Calendar& calendar() const { return calendar_; }
  [[nodiscard]] const Collected& collected() const { return collected_; }
  [[nodiscard]] const std::vector<double>& exposure() const { return exposure_; }  // one a day; 0: not collected
  [[nodiscard]] const std::vector<double>& total() const { return total_; }        // one a day, NaN: unknown; or empty
  [[nodiscard]] const std::vector<PairCounts>& pairs() const { return *pairs_; }   // ascending
  [[nodiscard]] const Provenance& provenance() const { return provenance_; }
  [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }

  /// @throws InputError that proposes the nearest names
  [[nodiscard]] const PairCounts& pair(const Pair& pair) const;

  void set_provenance(Provenance provenance) { provenance_ = std::move(provenance); }
  void add_warning(std::string warning) { warnings_.push_back(std::move(warning)); }

 private:
  Calendar calendar_{};
  Collected collected_;
  std::vector<double> exposure_;
  std::vector<double> total_;
  std::shared_ptr<const std::vector<PairCounts>> pairs_;  // shared: copies of a panel are cheap
  Provenance provenance_;
  std::vector<std::string> warnings_;
};

}  // namespace tocsin
