#include "event_tally.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace tocsin {

namespace {

constexpr std::size_t column_of(Signal signal) { return index_of(signal); }
constexpr std::size_t column_of(Extra extra) { return signal_count + index_of(extra); }

// What an act between the two parties counts as.
std::optional<Signal> signal_between(Family family) {
  switch (family) {
    case Family::rhetoric:
      return Signal::rhetoric;
    case Family::military:
      return Signal::military;
    case Family::punitive:
      return Signal::punitive;
    case Family::cooperation:
      return Signal::cooperation;
    case Family::mediation:
      return Signal::mediation;
    case Family::neutral:
    case Family::shuttle:
      break;
  }
  return std::nullopt;
}

bool is_hostile(const CodeMeaning& meaning) { return meaning.rung > 0; }

// Acts of third parties that are mediation, or become it with a second one.
bool is_mediation(const CodeMeaning& meaning) { return meaning.from_third_party != Family::neutral; }

}  // namespace

EventColumns columns_of(const Codebook& codebook) {
  EventColumns columns;
  for (const auto& [code, meaning] : codebook.codes()) {
    if (const auto signal = signal_between(meaning.between_parties)) columns.set(column_of(*signal));
    if (is_hostile(meaning)) {
      for (std::size_t i = 0; i < rung_count; ++i) columns.set(signal_count + i);
      // Of an undirected event nobody knows whether the third party did it or suffered it.
      if (codebook.is_directed()) columns.set(column_of(Extra::third_party_hostile));
    }
    if (!std::isnan(meaning.goldstein)) {
      columns.set(column_of(Extra::goldstein_conflict));
      columns.set(column_of(Extra::goldstein_cooperation));
    }
    if (meaning.is_refusal) columns.set(column_of(Extra::refusals));
    if (is_mediation(meaning) || meaning.sought_weight > 0) {
      columns.set(column_of(Signal::mediation));
      columns.set(column_of(Extra::mediators));
    }
  }
  return columns;
}

bool EventTally::between_parties(std::size_t direction, const CodeMeaning& meaning, std::int64_t times) {
  auto& cells = cells_[direction];
  const auto n = static_cast<double>(times);
  const auto signal = signal_between(meaning.between_parties);
  // Mediation belongs to the pair, and several acts of one day count once.
  if (signal && *signal != Signal::mediation) cells[column_of(*signal)] += n;
  if (is_hostile(meaning)) cells[signal_count + static_cast<std::size_t>(meaning.rung) - 1] += n;
  if (meaning.is_refusal) cells[column_of(Extra::refusals)] += n;
  // Neither is true of NaN: a code without a value adds to neither sum.
  const bool is_conflict = meaning.goldstein < 0;
  const bool is_cooperation = meaning.goldstein > 0;
  if (is_conflict) cells[column_of(Extra::goldstein_conflict)] += n * meaning.goldstein;
  if (is_cooperation) cells[column_of(Extra::goldstein_cooperation)] += n * meaning.goldstein;
  return signal || meaning.is_refusal || is_conflict || is_cooperation;
}

void EventTally::attacked_by_third_party(std::int64_t times) {
  cells_[0][column_of(Extra::third_party_hostile)] += static_cast<double>(times);
}

void EventTally::refused(std::size_t direction, std::int64_t times) {
  cells_[direction][column_of(Extra::refusals)] += static_cast<double>(times);
}

void EventTally::mediated(std::uint32_t mediator, double weight) {
  double& largest = mediators_[mediator];
  largest = std::max(largest, weight);
}

std::array<double, event_column_count> EventTally::columns(std::size_t direction) const {
  auto cells = cells_[direction];
  if (direction == 0) {
    cells[column_of(Signal::mediation)] = accepted_[0] + accepted_[1];
    for (const auto& [mediator, weight] : mediators_) cells[column_of(Signal::mediation)] += weight;
    cells[column_of(Extra::mediators)] = static_cast<double>(mediators_.size());
  }
  return cells;
}

}  // namespace tocsin
