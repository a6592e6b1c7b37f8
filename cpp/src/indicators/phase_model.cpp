#include "tocsin/indicators/phase_model.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "json.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "tocsin/signal.hpp"

namespace tocsin {

namespace embedded {

// cpp/data/phase_model.json, made by tools/fit_phases.py
extern const std::string_view phase_model;

}  // namespace embedded

namespace {

constexpr std::string_view schema_name = "tocsin.phase_model";
constexpr int schema_version = 1;
constexpr std::size_t most_phases = 64;
constexpr double usual_without_past = 0.05;  // acts a day, the prior mean of the slow rate (C0)
constexpr double sum_tolerance = 1e-6;

[[noreturn]] void fail(const std::string& what) { throw InputError(concat("phase model: ", what)); }

void require_size(std::size_t found, std::size_t expected, std::string_view name) {
  if (found != expected) fail(concat(name, " has ", found, " values, expected ", expected));
}

void require_probabilities(const std::vector<double>& row, std::size_t phases, const std::string& name) {
  require_size(row.size(), phases, name);
  double sum = 0;
  for (const double p : row) {
    if (!(p >= 0 && p <= 1 + sum_tolerance))
      fail(concat(name, " holds ", shortest(p), ", expected a probability from 0 to 1"));
    sum += p;
  }
  if (std::abs(sum - 1) > sum_tolerance) {
    fail(concat(name, " sums to ", shortest(sum), ", expected 1"));
  }
}

void require_cell(const PhaseModel::Cell& cell, std::size_t phase, std::size_t signal) {
  const std::string place = concat(" of phase ", phase, ", signal ", signal, " is ");
  if (!(cell.floor > 0 && std::isfinite(cell.floor))) {
    fail(concat("the mean", place, shortest(cell.floor), ", expected a finite number of acts a day above 0"));
  }
  if (!(cell.multiple >= 0 && std::isfinite(cell.multiple))) {
    fail(concat("the multiple", place, shortest(cell.multiple), ", expected a finite number >= 0"));
  }
  if (!(cell.size > 0)) {
    fail(concat("the size", place, shortest(cell.size), ", expected a number above 0; infinity is Poisson"));
  }
}

std::vector<std::string> numbered(std::size_t phases) {
  std::vector<std::string> names;
  for (std::size_t k = 0; k < phases; ++k) names.push_back(concat("phase ", k + 1));
  return names;
}

std::vector<std::string> texts_of(const Json& list, const std::string& pointer) {
  if (!list.is_array()) throw JsonFault{pointer, "is not a list"};
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < list.size(); ++i) texts.push_back(text_of(list[i], concat(pointer, "/", i)));
  return texts;
}

template <class T>
T numbers_of(const Json& document, std::string_view key) {
  T values;
  value_from_json(member(document, key, ""), values, Absent::is_fault, pointer_to("", key));
  return values;
}

PhaseModel::Cell cell_of(const Json& json, const std::string& pointer) {
  refuse_unknown_keys(json, {"floor", "multiple", "size"}, pointer);
  const auto number = [&](std::string_view key) {
    return number_or_nan(member(json, key, pointer), pointer_to(pointer, key));
  };
  PhaseModel::Cell cell{number("floor"), number("multiple"), number("size")};
  // JSON has no infinity.
  if (std::isnan(cell.size)) cell.size = std::numeric_limits<double>::infinity();
  return cell;
}

PhaseModel read_model(const Json& document) {
  if (text_of(member(document, "schema", ""), "/schema") != schema_name) {
    throw JsonFault{"/schema", concat("is not ", in_quotes(schema_name))};
  }
  if (member(document, "schema_version", "") != schema_version) {
    throw JsonFault{"/schema_version", concat("is not ", schema_version, ", the one this version reads")};
  }
  refuse_unknown_keys(document,
                      {"schema", "schema_version", "name", "version", "date", "trained_on", "phases", "signals",
                       "initial", "transition", "emissions"},
                      "");
  PhaseModel model;
  model.name = text_of(member(document, "name", ""), "/name");
  model.version = text_of(member(document, "version", ""), "/version");
  model.date = text_of(member(document, "date", ""), "/date");
  model.trained_on = text_of(member(document, "trained_on", ""), "/trained_on");
  model.phases = texts_of(member(document, "phases", ""), "/phases");
  model.signals = texts_of(member(document, "signals", ""), "/signals");
  model.initial = numbers_of<std::vector<double>>(document, "initial");
  model.transition = numbers_of<std::vector<std::vector<double>>>(document, "transition");
  const Json& rows = member(document, "emissions", "");
  if (!rows.is_array()) throw JsonFault{"/emissions", "is not a list"};
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const std::string row = concat("/emissions/", k);
    if (!rows[k].is_array()) throw JsonFault{row, "is not a list"};
    model.cells.emplace_back();
    for (std::size_t s = 0; s < rows[k].size(); ++s) {
      model.cells.back().push_back(cell_of(rows[k][s], concat(row, "/", s)));
    }
  }
  return model;
}

}  // namespace

const PhaseModel& PhaseModel::shipped() {
  static const PhaseModel model = from_json(embedded::phase_model);  // C++ makes this safe between threads
  return model;
}

PhaseModel PhaseModel::fixed(std::vector<std::vector<double>> transition, const std::vector<std::vector<double>>& means,
                             std::vector<double> initial, const std::vector<std::vector<double>>& sizes) {
  PhaseModel model;
  model.phases = numbered(means.size());
  model.transition = std::move(transition);
  model.initial = std::move(initial);
  if (!sizes.empty()) require_size(sizes.size(), means.size(), "sizes");
  for (std::size_t k = 0; k < means.size(); ++k) {
    model.cells.emplace_back();
    if (!sizes.empty()) require_size(sizes[k].size(), means[k].size(), concat("sizes of phase ", k));
    for (std::size_t s = 0; s < means[k].size(); ++s) {
      model.cells.back().push_back({means[k][s], 0, sizes.empty() ? Cell{}.size : sizes[k][s]});
    }
  }
  model.validate();
  return model;
}

PhaseModel PhaseModel::from_json(std::string_view text) {
  try {
    PhaseModel model = read_model(parse_json(text));
    model.validate();
    return model;
  } catch (const JsonFault& fault) {
    fail(concat(fault.pointer, fault.pointer.empty() ? "it " : " ", fault.what));
  }
}

std::string PhaseModel::to_json() const {
  Json document;
  document["schema"] = schema_name;
  document["schema_version"] = schema_version;
  document["name"] = name;
  document["version"] = version;
  document["date"] = date;
  document["trained_on"] = trained_on;
  document["phases"] = phases;
  document["signals"] = signals;
  document["initial"] = initial;
  document["transition"] = transition;
  document["emissions"] = Json::array();
  for (const std::vector<Cell>& row : cells) {
    Json list = Json::array();
    for (const Cell& cell : row) {
      Json entry;
      entry["floor"] = cell.floor;
      entry["multiple"] = cell.multiple;
      entry["size"] = number_or_null(cell.size);
      list.push_back(std::move(entry));
    }
    document["emissions"].push_back(std::move(list));
  }
  return document.dump(2) + "\n";
}

void PhaseModel::validate() const {
  const std::size_t count = phases.size();
  if (count < 1 || count > most_phases) {
    fail(concat("it has ", count, " phases, expected 1 to ", most_phases));
  }
  require_probabilities(initial, count, "initial");
  require_size(transition.size(), count, "transition");
  for (std::size_t k = 0; k < count; ++k) {
    require_probabilities(transition[k], count, concat("row ", k, " of transition"));
  }
  require_size(cells.size(), count, "the list of means");
  if (cells.front().empty()) fail("it has no means, expected one for each signal");
  for (std::size_t k = 0; k < count; ++k) {
    require_size(cells[k].size(), cells.front().size(), concat("means of phase ", k));
    for (std::size_t s = 0; s < cells[k].size(); ++s) require_cell(cells[k][s], k, s);
  }
  if (signals.empty()) return;
  require_size(cells.front().size(), signals.size(), "means of a phase");
  for (const std::string& signal : signals) {
    const auto column = find_column(signal);
    if (!column || *column >= tocsin::signal_count) fail(concat(in_quotes(signal), " is not a signal"));
    if (std::count(signals.begin(), signals.end(), signal) > 1) fail(concat(in_quotes(signal), " stands twice"));
  }
}

std::size_t PhaseModel::column_count() const { return signals.empty() ? signal_count() : tocsin::signal_count; }

std::vector<std::size_t> PhaseModel::columns() const {
  std::vector<std::size_t> places(signal_count());
  std::iota(places.begin(), places.end(), std::size_t{0});
  for (std::size_t s = 0; s < signals.size(); ++s) places[s] = find_column(signals[s]).value_or(0);
  return places;
}

double PhaseModel::hostile_rate(std::size_t phase) const {
  double rate = 0;
  for (std::size_t s = 0; s < signal_count(); ++s) {
    const bool is_hostile =
        signals.empty() || std::any_of(hostile_signals.begin(), hostile_signals.end(),
                                       [&](Signal signal) { return name_of(signal) == signals[s]; });
    const Cell& cell = cells[phase][s];
    if (is_hostile) rate += cell.floor + usual_without_past * cell.multiple;
  }
  return rate;
}

void PhaseModel::order_phases() {
  std::vector<std::size_t> order(phase_count());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return hostile_rate(a) < hostile_rate(b); });
  const PhaseModel old = *this;
  for (std::size_t i = 0; i < order.size(); ++i) {
    initial[i] = old.initial[order[i]];
    cells[i] = old.cells[order[i]];
    for (std::size_t j = 0; j < order.size(); ++j) transition[i][j] = old.transition[order[i]][order[j]];
  }
}

}  // namespace tocsin
