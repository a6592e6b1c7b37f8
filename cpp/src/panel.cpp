#include "tocsin/panel.hpp"

#include <algorithm>

#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

Pair Pair::of(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) throw InputError("a pair needs two actors; one of the two names is empty");
  if (a == b) throw InputError(concat("a pair needs two actors; ", in_quotes(a), " stands on both sides"));
  return a < b ? Pair{std::string{a}, std::string{b}} : Pair{std::string{b}, std::string{a}};
}

Pair Pair::parse(std::string_view text) {
  const auto dash = text.find('-');
  const bool has_one_dash = dash != std::string_view::npos && text.find('-', dash + 1) == std::string_view::npos;
  if (!has_one_dash) {
    throw InputError(concat("pair ", in_quotes(text),
                            " cannot be read, expected two actors joined by one '-' as in \"IND-PAK\"; ",
                            "give names that hold a '-' as two separate values"));
  }
  return of(text.substr(0, dash), text.substr(dash + 1));
}

Collected CountTable::given() const {
  Collected columns;
  columns.is_directed = is_directed;
  for (std::size_t i = 0; i < signal_count; ++i) columns.signals[i] = !values[i].empty();
  for (std::size_t i = 0; i < extra_count; ++i) columns.extras[i] = !values[signal_count + i].empty();
  return columns;
}

std::string to_string(const Pair& pair) { return concat(pair.first, "-", pair.second); }

const PairCounts& CountPanel::pair(const Pair& wanted) const {
  const auto place = std::lower_bound(pairs().begin(), pairs().end(), wanted,
                                      [](const PairCounts& counts, const Pair& key) { return counts.pair < key; });
  if (place != pairs().end() && place->pair == wanted) return *place;
  std::vector<std::string> known;
  for (const PairCounts& counts : pairs()) known.push_back(to_string(counts.pair));
  throw InputError(
      concat("pair ", in_quotes(to_string(wanted)), " is not in the panel", nearest_hint(to_string(wanted), known)));
}

CountPanel CountPanel::select(const std::vector<Pair>& wanted) const {
  std::vector<PairCounts> rows;
  for (const Pair& key : wanted) rows.push_back(pair(key));
  std::sort(rows.begin(), rows.end(), [](const PairCounts& a, const PairCounts& b) { return a.pair < b.pair; });
  const auto same = std::adjacent_find(rows.begin(), rows.end(),
                                       [](const PairCounts& a, const PairCounts& b) { return a.pair == b.pair; });
  if (same != rows.end()) throw InputError(concat("pair ", in_quotes(to_string(same->pair)), " is asked for twice"));
  CountPanel chosen = *this;
  chosen.pairs_ = std::make_shared<const std::vector<PairCounts>>(std::move(rows));
  return chosen;
}

CountPanel CountPanel::until(Day last) const {
  if (!calendar_.contains(last)) {
    throw InputError(concat("day ", to_string(last), " is outside the calendar ", to_string(calendar_.first), " to ",
                            to_string(calendar_.last)));
  }
  CountPanel known = *this;
  known.calendar_.last = last;
  const auto days = static_cast<std::size_t>(known.calendar_.size());
  known.exposure_.resize(days);
  if (!known.total_.empty()) known.total_.resize(days);
  std::vector<PairCounts> rows = pairs();
  for (PairCounts& counts : rows) {
    const auto end = std::partition_point(counts.days.begin(), counts.days.end(),
                                          [&](const DayCounts& row) { return row.day < known.calendar_.size(); });
    const auto kept = static_cast<std::size_t>(end - counts.days.begin());
    counts.days.resize(kept);
    if (!counts.extras.empty()) counts.extras.resize(kept);
  }
  known.pairs_ = std::make_shared<const std::vector<PairCounts>>(std::move(rows));
  return known;
}

}  // namespace tocsin
