#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <optional>
#include <string_view>

namespace tocsin {

enum class Signal { rhetoric, military, punitive, mediation, cooperation };
inline constexpr std::size_t signal_count = 5;
inline constexpr std::array<Signal, 3> hostile_signals{Signal::rhetoric, Signal::military, Signal::punitive};

/// What codes know and counts do not (INDICATORS C0), by direction; `mediators` and `third_party_hostile` belong to the
/// pair.
enum class Extra {
  rung_1,
  rung_2,
  rung_3,
  rung_4,
  rung_5,
  rung_6,
  rung_7,                 // hostile events by step of the escalation ladder
  goldstein_conflict,     // sum of the negative Goldstein values of the day's events
  goldstein_cooperation,  // sum of the positive ones
  refusals,               // talks or mediation refused
  mediators,              // distinct mediators of the day
  third_party_hostile,    // hostile acts of others against one of the two
};
inline constexpr std::size_t extra_count = 12;
inline constexpr std::size_t rung_count = 7;

using SignalSet = std::bitset<signal_count>;
using ExtraSet = std::bitset<extra_count>;

[[nodiscard]] constexpr std::size_t index_of(Signal signal) { return static_cast<std::size_t>(signal); }
[[nodiscard]] constexpr std::size_t index_of(Extra extra) { return static_cast<std::size_t>(extra); }

/// Value columns of a count table: the signals, the extra columns, then two that belong to the day.
inline constexpr std::size_t exposure_column = signal_count + extra_count;
inline constexpr std::size_t total_column = exposure_column + 1;
inline constexpr std::size_t column_count = total_column + 1;

inline constexpr std::array<std::string_view, column_count> column_names{"rhetoric",
                                                                         "military",
                                                                         "punitive",
                                                                         "mediation",
                                                                         "cooperation",
                                                                         "rung_1",
                                                                         "rung_2",
                                                                         "rung_3",
                                                                         "rung_4",
                                                                         "rung_5",
                                                                         "rung_6",
                                                                         "rung_7",
                                                                         "goldstein_conflict",
                                                                         "goldstein_cooperation",
                                                                         "refusals",
                                                                         "mediators",
                                                                         "third_party_hostile",
                                                                         "exposure",
                                                                         "total"};

[[nodiscard]] constexpr std::string_view name_of(Signal signal) { return column_names[index_of(signal)]; }
[[nodiscard]] constexpr std::string_view name_of(Extra extra) { return column_names[signal_count + index_of(extra)]; }

[[nodiscard]] constexpr std::optional<std::size_t> find_column(std::string_view name) {
  for (std::size_t i = 0; i < column_count; ++i) {
    if (column_names[i] == name) return i;
  }
  return std::nullopt;
}

}  // namespace tocsin
