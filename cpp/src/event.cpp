#include "tocsin/event.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "chosen_pairs.hpp"
#include "count_warnings.hpp"
#include "event_selection.hpp"
#include "event_tally.hpp"
#include "mediation_allotment.hpp"
#include "parallel.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

std::set<std::string, std::less<>> actors_of(const std::vector<Pair>& pairs) {
  std::set<std::string, std::less<>> names;
  for (const Pair& pair : pairs) names.insert({pair.first, pair.second});
  return names;
}

Ranks actor_ranks(const std::vector<std::string>& rolled_up_actors, const std::vector<Pair>& pairs) {
  std::set<std::string, std::less<>> names = actors_of(pairs);
  names.insert(rolled_up_actors.begin(), rolled_up_actors.end());
  return Ranks(names);
}

// By pair.
using Today = std::map<std::uint32_t, EventTally>;

class EventCounter {
 public:
  EventCounter(const EventTable& events, std::vector<Pair> pairs, const Codebook& codebook, const CountOptions& options)
      : events_(events),
        pairs_(std::move(pairs)),
        codebook_(codebook),
        options_(options),
        calendar_(calendar_of(events, options)),
        uncollected_(uncollected_days(events, calendar_, options)),
        rolled_up_(rolled_up_actors(events, codebook)),
        actors_(actor_ranks(rolled_up_, pairs_)),
        asked_(actors_of(pairs_)),
        codes_({events.code_names.begin(), events.code_names.end()}),
        columns_(columns_of(codebook)),
        allotment_(options.mediation, actors_.texts().size()),
        pairs_of_(actors_.texts().size()) {
    for (const std::string& code : codes_.texts()) meanings_.push_back(codebook.find(code));
    for (std::uint32_t i = 0; i < pairs_.size(); ++i) {
      sides_.push_back({actors_.of(pairs_[i].first), actors_.of(pairs_[i].second)});
      for (const std::uint32_t side : sides_[i]) pairs_of_[side].push_back(i);
      pair_of_.emplace(key_of(sides_[i][0], sides_[i][1]), i);
    }
    table_.origin = events.origin;
    table_.actors = asked_.texts();
    table_.is_directed = codebook.is_directed();
    table_.warnings = events.warnings;
  }

  CountResult count() {
    const std::vector<Event> events = sorted_events();
    auto event = events.cbegin();
    while (event->day < calendar_.first) take_note(event, event->day, events.end());
    for (auto later = event; later != events.end(); ++later) {
      if (static_cast<std::size_t>(later - event) % rows_between_looks == 0) end_if_stopping();
      related_.insert(key_of(later->source, later->target));
    }
    for (Day day = calendar_.first; day <= calendar_.last; day = day + 1) {
      end_if_stopping(static_cast<std::size_t>(day - calendar_.first), static_cast<std::size_t>(calendar_.size()));
      const bool is_collected = !std::binary_search(uncollected_.begin(), uncollected_.end(), day);
      Today today;
      // A pair without an event is in the panel too, and the day's total needs a row to stand in.
      today.try_emplace(0);
      if (day == calendar_.first) {
        for (std::uint32_t pair = 1; pair < pairs_.size(); ++pair) today.try_emplace(pair);
      }
      const auto begin = event;
      take_note(event, day, events.end());
      double total = 0;
      for (auto each = begin; each != event; ++each) {
        sort_in(*each, today);
        total += static_cast<double>(each->times);
      }
      for (const auto& [pair, tally] : today) add_rows(day, pair, tally, is_collected ? total : std::nan(""));
    }
    for (const std::string& warning : count_warnings(report_, codebook_, codes_, asked_, rolled_up_, calendar_)) {
      table_.warnings.push_back(concat(events_.origin, ": ", warning));
    }
    CountPanel panel = CountPanel::from_table(table_, calendar_);
    panel.set_provenance({codebook_.name(), codebook_.version(), codebook_.hash(),
                          options_.duplicates == Duplicates::one_a_day ? "one_a_day" : "raw",
                          std::string{name_of(options_.mediation)}});
    return {std::move(panel), std::move(report_)};
  }

 private:
  // The events inside the calendar by day, after those that reach into it.
  std::vector<Event> sorted_events() {
    const Day earliest = calendar_.first + (1 - MediationAllotment::hostile_days);
    const std::vector<std::uint32_t> actor_ranks = ranks_of(rolled_up_, actors_);
    const std::vector<std::uint32_t> code_ranks = ranks_of(events_.code_names, codes_);
    std::vector<Event> events;
    for (std::size_t row = 0; row < events_.size(); ++row) {
      if (row % rows_between_looks == 0) end_if_stopping();
      const std::int64_t n = events_.events_in(row);
      const Day day = day_of(events_, row, options_.date);
      if (!is_wanted(row, day, n) || day < earliest || calendar_.last < day) continue;
      events.push_back({day, actor_ranks[events_.sources[row]], actor_ranks[events_.targets[row]],
                        code_ranks[events_.codes[row]], n, weight_of(row)});
      // Ranks are alphabetical: an undirected event stands on direction 0, and its two spellings are one event.
      if (!codebook_.is_directed() && events.back().source > events.back().target) {
        std::swap(events.back().source, events.back().target);
      }
    }
    if (std::none_of(events.begin(), events.end(), [&](const Event& e) { return calendar_.contains(e.day); })) {
      throw InputError(concat(events_.origin, ": no event lies inside the calendar ", to_string(calendar_.first),
                              " to ", to_string(calendar_.last)));
    }
    sort_or_end(events);
    add_up(events);
    return events;
  }

  // Reports what is left out, in the order of the report. Events of the days before the calendar are wanted too.
  bool is_wanted(std::size_t row, Day day, std::int64_t n) {
    report_.events += n;
    if (!was_known(events_, row, options_.as_of)) {
      const bool is_later = options_.as_of && *options_.as_of < events_.dates_added[row];
      (is_later ? report_.unknown_then : report_.superseded) += n;
      return false;
    }
    if (options_.events == EventChoice::root && events_.is_root[row] == 0) {
      report_.not_root += n;
      return false;
    }
    if (std::binary_search(uncollected_.begin(), uncollected_.end(), day)) {
      report_.on_uncollected_days += n;
      return false;
    }
    report_.outside_calendar += calendar_.contains(day) ? 0 : n;
    return true;
  }

  [[nodiscard]] std::int64_t weight_of(std::size_t row) const {
    if (options_.weight == Weight::events) return events_.events_in(row);
    return events_.weights[static_cast<std::size_t>(options_.weight)][row];
  }

  // Events that are alike become one: of so many times, or one a day.
  void add_up(std::vector<Event>& events) {
    auto last = events.begin();
    for (auto each = events.begin(); each != events.end(); ++each) {
      if (each != events.begin() && last->is_same_act(*each)) {
        last->events += each->events;
        last->times += each->times;
      } else {
        if (each != events.begin()) ++last;
        *last = *each;
      }
    }
    if (!events.empty()) events.erase(last + 1, events.end());
    if (options_.duplicates == Duplicates::raw) return;
    for (Event& event : events) {
      if (calendar_.contains(event.day)) report_.duplicates += event.events - 1;
      event.events = event.times = 1;
    }
  }

  // What later acts are judged by: all events of a day, before any of them counts.
  void take_note(std::vector<Event>::const_iterator& event, Day day, std::vector<Event>::const_iterator end) {
    allotment_.begin(day);
    for (; event != end && event->day == day; ++event) {
      const CodeMeaning* meaning = meanings_[event->code];
      if (meaning != nullptr && event->source != event->target) {
        allotment_.note(event->source, event->target, *meaning, event->times);
      }
    }
  }

  // Gives an event to the pairs that it concerns.
  void sort_in(const Event& event, Today& today) {
    if (event.source == event.target) {
      report_.domestic += event.events;
      return;
    }
    const CodeMeaning* meaning = meanings_[event.code];
    if (meaning == nullptr) {
      report_.unmapped_codes[codes_.texts()[event.code]] += event.events;
      return;
    }
    const bool is_between = between_parties(event, *meaning, today);
    const bool is_beside = beside_parties(event, *meaning, today);
    const Fate given = mediation_by(event, *meaning, today);
    const Fate sought = mediation_sought(event, *meaning, today);
    const bool is_mediated = given.is_counted || sought.is_counted;
    (is_between || is_beside || is_mediated ? report_.counted : report_.unrelated) += event.events;
    if ((given.is_unallotted || sought.is_unallotted) && !is_mediated) report_.unallotted += event.events;
  }

  bool between_parties(const Event& event, const CodeMeaning& meaning, Today& today) {
    const std::optional<std::uint32_t> pair = find_pair(event.source, event.target);
    if (!pair) return false;
    const std::size_t direction = sides_[*pair][0] == event.source ? 0 : 1;
    if (meaning.between_parties == Family::mediation) today[*pair].accepted(direction, meaning.mediation_weight);
    return today[*pair].between_parties(direction, meaning, event.times);
  }

  // Attacks of third parties, and refusals towards them.
  bool beside_parties(const Event& event, const CodeMeaning& meaning, Today& today) {
    bool is_counted = false;
    // Without a direction nobody knows who attacked.
    if (codebook_.is_directed() && meaning.rung > 0 && !pairs_of_[event.target].empty()) {
      for (const auto& [other, acts] : allotment_.disputes_of(event.target)) {
        const auto pair = find_pair(event.target, other);
        if (!pair || other == event.source) continue;
        today[*pair].attacked_by_third_party(event.times);
        is_counted = true;
      }
    }
    if (meaning.is_refusal) {
      for (const std::uint32_t pair : pairs_of_[event.source]) {
        if (is_side(event.target, pair)) continue;
        today[pair].refused(sides_[pair][0] == event.source ? 0 : 1, event.times);
        is_counted = true;
      }
    }
    return is_counted;
  }

  // What became of an act with a mediator.
  struct Fate {
    bool is_counted = false;
    bool is_unallotted = false;  // no pair at all gets a part of it
  };

  Fate mediation_by(const Event& event, const CodeMeaning& meaning, Today& today) {
    if (meaning.from_third_party == Family::neutral) return {};
    return mediated(event.source, event.target, meaning.mediation_weight, meaning.from_third_party == Family::shuttle,
                    today);
  }

  Fate mediation_sought(const Event& event, const CodeMeaning& meaning, Today& today) {
    if (meaning.sought_weight == 0) return {};
    return mediated(event.target, event.source, meaning.sought_weight, false, today);
  }

  Fate mediated(std::uint32_t mediator, std::uint32_t party, double weight, bool is_contact, Today& today) {
    Fate fate;
    const auto is_other = [&](std::uint32_t pair) { return !is_side(mediator, pair); };
    if (std::none_of(pairs_of_[party].begin(), pairs_of_[party].end(), is_other)) return fate;
    if (options_.mediation == MediationRule::all && !is_contact) {
      for (const std::uint32_t pair : pairs_of_[party]) {
        if (is_other(pair)) today[pair].mediated(mediator, weight);
      }
      return {true, false};
    }
    fate.is_unallotted = !is_contact;
    for (const auto& [other, share] : allotment_.shares(mediator, party, is_contact)) {
      const auto pair = find_pair(party, other);
      if (pair) today[*pair].mediated(mediator, share * weight);
      fate.is_counted |= pair.has_value();
      if (pair || related_.contains(key_of(party, other))) fate.is_unallotted = false;
    }
    return fate;
  }

  [[nodiscard]] std::optional<std::uint32_t> find_pair(std::uint32_t a, std::uint32_t b) const {
    const auto place = pair_of_.find(key_of(a, b));
    if (place == pair_of_.end()) return std::nullopt;
    return place->second;
  }

  [[nodiscard]] bool is_side(std::uint32_t actor, std::uint32_t pair) const {
    return sides_[pair][0] == actor || sides_[pair][1] == actor;
  }

  void add_rows(Day day, std::uint32_t pair, const EventTally& tally, double total) {
    const std::array<std::uint32_t, 2> names{asked_.of(pairs_[pair].first), asked_.of(pairs_[pair].second)};
    for (std::size_t direction = 0; direction < (codebook_.is_directed() ? 2U : 1U); ++direction) {
      const auto cells = tally.columns(direction);
      // Most rows of many pairs are of what third parties do, which stands on direction 0.
      const bool is_empty = std::all_of(cells.begin(), cells.end(), [](double cell) { return cell == 0; });
      if (direction == 1 && is_empty) continue;
      table_.dates.push_back(day);
      table_.sources.push_back(names[direction]);
      table_.targets.push_back(names[1 - direction]);
      const bool is_collected = !std::isnan(total);
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (columns_[i]) table_.values[i].push_back(is_collected ? cells[i] : std::nan(""));
      }
      table_.values[exposure_column].push_back(is_collected ? 1 : 0);
      table_.values[total_column].push_back(total);
    }
  }

  const EventTable& events_;
  std::vector<Pair> pairs_;
  const Codebook& codebook_;
  const CountOptions& options_;
  Calendar calendar_;
  std::vector<Day> uncollected_;
  std::vector<std::string> rolled_up_;  // the actors of the table
  Ranks actors_;                        // of the table and of the pairs
  Ranks asked_;                         // of the pairs: the names of the panel
  Ranks codes_;
  EventColumns columns_;
  std::vector<const CodeMeaning*> meanings_;         // by code; null: the codebook holds none
  std::vector<std::array<std::uint32_t, 2>> sides_;  // by pair
  MediationAllotment allotment_;
  std::vector<std::vector<std::uint32_t>> pairs_of_;          // by actor
  std::unordered_map<std::uint64_t, std::uint32_t> pair_of_;  // by the two actors
  std::unordered_set<std::uint64_t> related_;                 // two actors with an event between them
  CountTable table_;
  CountReport report_;
};

}  // namespace

CountResult count_events(const EventTable& events, const std::vector<Pair>& pairs, const Codebook& codebook,
                         const CountOptions& options) {
  check_table(events, options);
  const std::string_view system = actor_system_of(events, codebook);
  return EventCounter(events, checked_pairs(pairs, system), codebook, options).count();
}

CountResult count_events(const EventTable& events, PairChoice pairs, const Codebook& codebook,
                         const CountOptions& options) {
  check_table(events, options);
  return count_events(events, pairs_in(events, codebook, options, pairs), codebook, options);
}

}  // namespace tocsin
