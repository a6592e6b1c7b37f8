#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tocsin/config.hpp"
#include "tocsin/panel.hpp"
#include "tocsin/scores.hpp"

namespace tocsin {

/// One day of every pair that a monitor knows.
struct Reading {
  Day day;
  std::vector<Pair> pairs;     // ascending
  std::vector<ScoreRow> rows;  // one a pair
};

/// The computation of `score`, one day at a time, with a state that can be saved.
///
/// A pair that appears for the first time is scored as if it had been there, silent, since the monitor's first day. A
/// day that is passed over counts as not collected; push a quiet day as a table without counts.
class Monitor {
 public:
  /// @param collected  what the source collects at all, as in `CountPanel::collected` or `CountTable::given`
  /// @throws ConfigError
  Monitor(Config config, Collected collected);
  ~Monitor();
  Monitor(Monitor&&) noexcept;
  Monitor& operator=(Monitor&&) noexcept;

  /// Takes the counts of one day. Every row of the table must carry that day; no row at all means that nothing
  /// happened.
  ///
  /// @param exposure     days of collection, 0: not collected; a column `exposure` in the table overrules it
  /// @param intervals    `none` leaves out intervals and the null of C11, which take most of the time
  /// @param replay_from  goes back to the evening before that day first, at most `settle_days` days
  /// @param threads      0: one per core. The result does not depend on it
  /// @throws StateError  for a day that is not after the last one, or too far back; the monitor stays as it was
  /// @throws ParseError, InputError  as in `CountPanel::from_table`; the monitor stays as it was
  Reading push(Day day, const CountTable& rows, double exposure = 1, std::optional<Day> replay_from = {},
               Intervals intervals = Intervals::latest, int threads = 0);

  /// C12 of a pair up to the last day. @throws InputError for a pair that has not acted
  [[nodiscard]] PairExcitation excitation(const Pair& pair, const ExcitationOptions& options = {}) const;

  /// C17, experimental, of a pair up to the last day. @throws as `excitation`
  [[nodiscard]] SlowingDown::Reading slowing_down(const Pair& pair, const SlowingDown::Options& options = {}) const;

  [[nodiscard]] const Config& config() const;
  [[nodiscard]] std::optional<Day> last_day() const;
  [[nodiscard]] std::vector<Pair> pairs() const;

  /// The state document: schema "tocsin.monitor", version 1, with a checksum. A restarted monitor continues bit for
  /// bit.
  [[nodiscard]] std::string to_json() const;
  /// @throws StateError if the document is of another version, damaged or altered
  static Monitor from_json(std::string_view text);

 private:
  struct Core;
  explicit Monitor(std::unique_ptr<Core> core);
  std::unique_ptr<Core> core_;
};

}  // namespace tocsin
