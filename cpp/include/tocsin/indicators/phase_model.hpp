#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

/// What the phases of a crisis look like and how they follow each other: the parameters of C13.
struct PhaseModel {
  /// Counts of one signal in one phase: negative binomial with mean `floor + multiple * slow` and variance
  /// mean + mean^2 / size. `slow` is the slow rate of all that the two did to each other before the day, hostile or
  /// not.
  ///
  /// The floor is what the phase means between two that have no past: two words after a silence are not a war. The
  /// multiple is the share that the signal has in the phase: who is busy with other things is not at war, and who has
  /// been at war for years still is. A sum of both is smooth where a maximum has a kink.
  struct Cell {
    double floor = 1;                                       // acts a day, above 0
    double multiple = 0;                                    // 0: the slow rate does not matter
    double size = std::numeric_limits<double>::infinity();  // infinity: Poisson
  };

  std::string name = "own";
  std::string version = "1";
  std::string trained_on;
  std::string date;                             // when it was fitted
  std::vector<std::string> phases;              // calmest first
  std::vector<std::string> signals;             // those it looks at, or none: columns of counts as they come
  std::vector<double> initial;                  // P(phase) before the first day is seen
  std::vector<std::vector<double>> transition;  // [from][to], from one day to the next
  std::vector<std::vector<Cell>> cells;         // [phase][signal]

  /// Four phases, fitted by tools/fit_phases.py on the data that `trained_on` names (docs/method.md, C13).
  [[nodiscard]] static const PhaseModel& shipped();

  /// Means that do not depend on the pair; without sizes Poisson.
  /// @param means, sizes  [phase][signal]
  /// @throws InputError as validate()
  [[nodiscard]] static PhaseModel fixed(std::vector<std::vector<double>> transition,
                                        const std::vector<std::vector<double>>& means, std::vector<double> initial,
                                        const std::vector<std::vector<double>>& sizes = {});

  /// @throws InputError that names the place in the document
  [[nodiscard]] static PhaseModel from_json(std::string_view text);
  [[nodiscard]] std::string to_json() const;

  /// @throws InputError  where shapes differ, rows of probabilities do not sum to 1, or a parameter is out of range
  void validate() const;

  [[nodiscard]] std::size_t phase_count() const { return phases.size(); }
  [[nodiscard]] std::size_t signal_count() const { return cells.empty() ? 0 : cells.front().size(); }
  /// Columns of a day of counts: the five signals, or as many as there are means where no signals are named.
  [[nodiscard]] std::size_t column_count() const;
  /// Where each signal stands in such a day.
  [[nodiscard]] std::vector<std::size_t> columns() const;

  /// Acts a day over the hostile signals (all columns where no signals are named) of a pair with no past: what phases
  /// are ordered by.
  [[nodiscard]] double hostile_rate(std::size_t phase) const;
  /// Puts the calmest phase first. The labels stay where they are.
  void order_phases();
};

}  // namespace tocsin
