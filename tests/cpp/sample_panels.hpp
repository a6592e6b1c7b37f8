#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "random.hpp"
#include "tocsin/panel.hpp"

/// Random count tables, the same on every machine: for tests of identities that must hold on any panel.
namespace tocsin::samples {

inline constexpr double not_collected = std::numeric_limits<double>::quiet_NaN();
inline constexpr Day first_day{20089};  // 2025-01-01

struct RandomShape {
  int pairs = 3;
  int days = 60;
  double rate = 0.5;  // hostile acts by signal, direction and day while a pair is active; mediation has half of it
  double share_of_missing_cells = 0;  // single cells that were not collected
  double share_of_missing_days = 0;   // days with exposure 0
  double share_of_half_days = 0;      // days with exposure 0.5
  double share_of_triple_days = 0;    // days with exposure 3
  bool has_extras = false;
  bool is_directed = true;
  bool with_mediation = true;
  bool with_punitive = true;
};

/// "A0000", "A0001", ...: pair i is (A<i>, B<i>), so that pairs never share an actor and their count is exact.
inline std::string actor_name(char side, int number) {
  std::string digits = std::to_string(number);
  return side + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

/// Writes a table row by row; columns that the shape does not have stay empty.
class TableMaker {
 public:
  TableMaker(std::uint64_t seed, const RandomShape& shape)
      : shape_(shape), stream_(random::combine_keys(0x7461626c65ULL, seed)) {}

  CountTable make() {
    table_.origin = "random";
    table_.is_directed = shape_.is_directed;
    choose_exposures();
    for (int pair = 0; pair < shape_.pairs; ++pair) add_pair(pair);
    return std::move(table_);
  }

 private:
  [[nodiscard]] bool chance(double share) { return stream_.next_uniform() < share; }

  void choose_exposures() {
    for (int day = 0; day < shape_.days; ++day) {
      const bool is_missing = chance(shape_.share_of_missing_days);
      const bool is_half = chance(shape_.share_of_half_days);
      const bool is_triple = shape_.share_of_triple_days > 0 && chance(shape_.share_of_triple_days);
      exposure_.push_back(is_missing ? 0.0 : is_half ? 0.5 : is_triple ? 3.0 : 1.0);
    }
  }

  void add_pair(int pair) {
    const auto id = static_cast<std::uint32_t>(table_.actors.size());
    table_.actors.push_back(actor_name('A', pair));
    table_.actors.push_back(actor_name('B', pair));
    // Quiet and active stretches of about 20 days, and a level that differs between pairs by up to a factor of nine.
    const double level = shape_.rate * (1.0 + 8.0 * stream_.next_uniform() * stream_.next_uniform());
    bool is_active = chance(0.5);
    for (int day = 0; day < shape_.days; ++day) {
      if (chance(0.05)) is_active = !is_active;
      const double rate = is_active ? level : 0.05 * level;
      for (std::uint32_t direction = 0; direction < (shape_.is_directed ? 2U : 1U); ++direction) {
        add_row(pair, day, id + direction, id + 1 - direction, rate);
      }
    }
  }

  /// Quiet rows are left out, as in most files; the first and the last day and days with an unusual exposure stay in.
  void add_row(int pair, int day, std::uint32_t source, std::uint32_t target, double rate) {
    const double exposure = exposure_[static_cast<std::size_t>(day)];
    std::array<double, column_count> row{};
    row[exposure_column] = exposure;
    for (std::size_t i = 0; i < signal_count; ++i) {
      const bool is_cooperative = i == index_of(Signal::mediation) || i == index_of(Signal::cooperation);
      row[i] = static_cast<double>(random::poisson(stream_, exposure * rate * (is_cooperative ? 0.5 : 1.0)));
    }
    if (shape_.has_extras) add_extras(row);
    bool is_quiet = true;
    for (std::size_t i = 0; i < exposure_column; ++i) {
      if (exposure == 0 || chance(shape_.share_of_missing_cells)) row[i] = not_collected;
      if (has_column(i) && row[i] != 0) is_quiet = false;
    }
    const bool is_anchor = day == 0 || day == shape_.days - 1 || (pair == 0 && exposure != 1);
    if ((is_quiet || exposure == 0) && !is_anchor) return;
    table_.dates.push_back(first_day + day);
    table_.sources.push_back(source);
    table_.targets.push_back(target);
    for (std::size_t i = 0; i < column_count; ++i) {
      if (has_column(i)) table_.values[i].push_back(row[i]);
    }
  }

  /// Every hostile act gets a rung, words below 4 and deeds from 4; Goldstein sums follow the acts.
  void add_extras(std::array<double, column_count>& row) {
    const auto column = [&row](Extra extra) -> double& { return row[signal_count + index_of(extra)]; };
    for (const Signal signal : hostile_signals) {
      const bool is_words = signal == Signal::rhetoric;
      for (int act = 0; act < static_cast<int>(row[index_of(signal)]); ++act) {
        const auto step =
            static_cast<std::size_t>(stream_.next_uniform() * (is_words ? 3.0 : 4.0)) + (is_words ? 0 : 3);
        row[signal_count + step] += 1;
        column(Extra::goldstein_conflict) -= 1.5 + static_cast<double>(step);
      }
    }
    column(Extra::goldstein_cooperation) = 3.5 * row[index_of(Signal::cooperation)];
    column(Extra::refusals) = chance(0.05) ? 1 : 0;
    column(Extra::mediators) = row[index_of(Signal::mediation)] > 0 ? 1 : 0;
    column(Extra::third_party_hostile) = chance(0.05) ? 1 : 0;
  }

  [[nodiscard]] bool has_column(std::size_t i) const {
    if (i == index_of(Signal::mediation)) return shape_.with_mediation;
    if (i == index_of(Signal::punitive)) return shape_.with_punitive;
    if (i < signal_count || i == exposure_column) return true;
    return i < exposure_column && shape_.has_extras;
  }

  RandomShape shape_;
  random::Stream stream_;
  CountTable table_;
  std::vector<double> exposure_;
};

/// The same seed and shape give the same table on every machine.
inline CountTable random_table(std::uint64_t seed, RandomShape shape) { return TableMaker(seed, shape).make(); }

/// The rows of one day, as a monitor is given them.
inline CountTable rows_of(const CountTable& table, Day day) {
  CountTable rows;
  rows.origin = table.origin;
  rows.is_directed = table.is_directed;
  rows.actors = table.actors;
  for (std::size_t row = 0; row < table.size(); ++row) {
    if (table.dates[row] != day) continue;
    rows.dates.push_back(day);
    rows.sources.push_back(table.sources[row]);
    rows.targets.push_back(table.targets[row]);
    for (std::size_t i = 0; i < column_count; ++i) {
      if (!table.values[i].empty()) rows.values[i].push_back(table.values[i][row]);
    }
  }
  return rows;
}

}  // namespace tocsin::samples
