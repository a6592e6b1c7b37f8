#include "tocsin/event.hpp"

#include <algorithm>
#include <array>
#include <compare>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "chosen_pairs.hpp"
#include "event_tally.hpp"
#include "mediation_allotment.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

void check_table(const EventTable& events) {
  if (events.size() == 0) throw InputError(concat(events.origin, ": there is no event; expected at least one"));
  for (const std::size_t length : {events.sources.size(), events.targets.size(), events.codes.size()}) {
    if (length == events.size()) continue;
    throw InputError(concat(events.origin, ": the columns date, source, target and code hold ", events.dates.size(),
                            ", ", events.sources.size(), ", ", events.targets.size(), " and ", events.codes.size(),
                            " values; expected the same number in each"));
  }
  for (std::size_t row = 0; row < events.size(); ++row) {
    const auto line = static_cast<std::int64_t>(row) + 1;
    if (std::max(events.sources[row], events.targets[row]) >= events.actors.size()) {
      throw ParseError(events.origin, line, 0,
                       concat("an actor's number is beyond the ", events.actors.size(), " names of the table"));
    }
    if (events.dates[row] < earliest_day || events.dates[row] > latest_day) {
      throw ParseError(events.origin, line, 0,
                       concat("the date ", to_string(events.dates[row]), " is out of range, expected a day from ",
                              to_string(earliest_day), " to ", to_string(latest_day)));
    }
  }
}

Calendar calendar_of(const EventTable& events, const std::optional<Calendar>& asked) {
  if (!asked) {
    const auto [first, last] = std::minmax_element(events.dates.begin(), events.dates.end());
    return {*first, *last};
  }
  if (asked->last < asked->first || asked->first < earliest_day || asked->last > latest_day) {
    throw InputError(concat("the calendar ", to_string(asked->first), " to ", to_string(asked->last),
                            " is backwards or out of range, expected two days from ", to_string(earliest_day), " to ",
                            to_string(latest_day), ", the earlier one first"));
  }
  return *asked;
}

// Distinct texts in alphabetical order: their numbers do not depend on the order of rows.
class Ranks {
 public:
  explicit Ranks(const std::set<std::string, std::less<>>& texts) : texts_(texts.begin(), texts.end()) {}

  [[nodiscard]] std::uint32_t of(std::string_view text) const {
    return static_cast<std::uint32_t>(std::lower_bound(texts_.begin(), texts_.end(), text) - texts_.begin());
  }
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::vector<std::string> texts_;
};

std::set<std::string, std::less<>> actors_of(const std::vector<Pair>& pairs) {
  std::set<std::string, std::less<>> names;
  for (const Pair& pair : pairs) names.insert({pair.first, pair.second});
  return names;
}

Ranks actor_ranks(const EventTable& events, const std::vector<Pair>& pairs) {
  std::set<std::string, std::less<>> names = actors_of(pairs);
  for (const std::string& actor : events.actors) names.insert(rolled_up(actor));
  return Ranks(names);
}

Ranks code_ranks(const EventTable& events) {
  std::set<std::string, std::less<>> codes;
  for (const std::string& code : events.codes) {
    if (!codes.contains(code)) codes.insert(code);
  }
  return Ranks(codes);
}

struct Event {
  Day day;
  std::uint32_t source;  // ranks of rolled-up actors and of codes
  std::uint32_t target;
  std::uint32_t code;

  friend auto operator<=>(const Event&, const Event&) = default;
};

// By pair.
using Today = std::map<std::uint32_t, EventTally>;

class EventCounter {
 public:
  EventCounter(const EventTable& events, std::vector<Pair> pairs, const Codebook& codebook, const CountOptions& options)
      : events_(events),
        pairs_(std::move(pairs)),
        codebook_(codebook),
        options_(options),
        calendar_(calendar_of(events, options.calendar)),
        actors_(actor_ranks(events, pairs_)),
        asked_(actors_of(pairs_)),
        codes_(code_ranks(events)),
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
    for (auto later = event; later != events.end(); ++later) related_.insert(key_of(later->source, later->target));
    for (Day day = calendar_.first; day <= calendar_.last; day = day + 1) {
      Today today;
      // A pair without an event is in the panel too, and the day's total needs a row to stand in.
      today.try_emplace(0);
      if (day == calendar_.first) {
        for (std::uint32_t pair = 1; pair < pairs_.size(); ++pair) today.try_emplace(pair);
      }
      const auto begin = event;
      take_note(event, day, events.end());
      for (auto each = begin; each != event; ++each) sort_in(*each, today);
      for (const auto& [pair, tally] : today) add_rows(day, pair, tally, static_cast<double>(event - begin));
    }
    add_warnings();
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
    std::vector<std::uint32_t> rank_of_actor;
    for (const std::string& actor : events_.actors) rank_of_actor.push_back(actors_.of(rolled_up(actor)));
    std::vector<Event> events;
    events.reserve(events_.size());
    for (std::size_t row = 0; row < events_.size(); ++row) {
      const Day day = events_.dates[row];
      report_.outside_calendar += calendar_.contains(day) ? 0 : 1;
      if (day < earliest || calendar_.last < day) continue;
      events.push_back({day, rank_of_actor[events_.sources[row]], rank_of_actor[events_.targets[row]],
                        codes_.of(events_.codes[row])});
      // Ranks are alphabetical: an undirected event stands on direction 0, and its two spellings are one event.
      if (!codebook_.is_directed() && events.back().source > events.back().target) {
        std::swap(events.back().source, events.back().target);
      }
    }
    report_.events = static_cast<std::int64_t>(events_.size());
    if (report_.outside_calendar == report_.events) {
      throw InputError(concat(events_.origin, ": no event lies inside the calendar ", to_string(calendar_.first),
                              " to ", to_string(calendar_.last)));
    }
    std::sort(events.begin(), events.end());
    if (options_.duplicates == Duplicates::one_a_day) {
      events.erase(std::unique(events.begin(), events.end()), events.end());
      const auto is_counted = [&](const Event& event) { return calendar_.contains(event.day); };
      report_.duplicates =
          report_.events - report_.outside_calendar - std::count_if(events.begin(), events.end(), is_counted);
    }
    return events;
  }

  // What later acts are judged by: all events of a day, before any of them counts.
  void take_note(std::vector<Event>::const_iterator& event, Day day, std::vector<Event>::const_iterator end) {
    allotment_.begin(day);
    for (; event != end && event->day == day; ++event) {
      const CodeMeaning* meaning = meanings_[event->code];
      if (meaning != nullptr && event->source != event->target) {
        allotment_.note(event->source, event->target, *meaning);
      }
    }
  }

  // Gives an event to the pairs that it concerns.
  void sort_in(const Event& event, Today& today) {
    if (event.source == event.target) {
      ++report_.domestic;
      return;
    }
    const CodeMeaning* meaning = meanings_[event.code];
    if (meaning == nullptr) {
      ++report_.unmapped_codes[codes_.texts()[event.code]];
      return;
    }
    const bool is_between = between_parties(event, *meaning, today);
    const bool is_beside = beside_parties(event, *meaning, today);
    const Fate given = mediation_by(event, *meaning, today);
    const Fate sought = mediation_sought(event, *meaning, today);
    const bool is_mediated = given.is_counted || sought.is_counted;
    ++(is_between || is_beside || is_mediated ? report_.counted : report_.unrelated);
    if ((given.is_unallotted || sought.is_unallotted) && !is_mediated) ++report_.unallotted;
  }

  bool between_parties(const Event& event, const CodeMeaning& meaning, Today& today) {
    const std::optional<std::uint32_t> pair = find_pair(event.source, event.target);
    return pair && today[*pair].between_parties(sides_[*pair][0] == event.source ? 0 : 1, meaning);
  }

  // Attacks of third parties, and refusals towards them.
  bool beside_parties(const Event& event, const CodeMeaning& meaning, Today& today) {
    bool is_counted = false;
    // Without a direction nobody knows who attacked.
    if (codebook_.is_directed() && meaning.rung > 0 && !pairs_of_[event.target].empty()) {
      for (const auto& [other, acts] : allotment_.disputes_of(event.target)) {
        const auto pair = find_pair(event.target, other);
        if (!pair || other == event.source) continue;
        today[*pair].attacked_by_third_party();
        is_counted = true;
      }
    }
    if (meaning.is_refusal) {
      for (const std::uint32_t pair : pairs_of_[event.source]) {
        if (is_side(event.target, pair)) continue;
        today[pair].refused(sides_[pair][0] == event.source ? 0 : 1);
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
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (columns_[i]) table_.values[i].push_back(cells[i]);
      }
      table_.values[total_column].push_back(total);
    }
  }

  void add_warnings() {
    if (report_.outside_calendar > 0) {
      warn(concat("left out ", report_.outside_calendar, " of ", report_.events, " events outside the calendar ",
                  to_string(calendar_.first), " to ", to_string(calendar_.last)));
    }
    warn_of_unmapped_codes();
    warn_of_numbers();
    warn_of_unknown_actors();
  }

  void warn(std::string_view what) { table_.warnings.push_back(concat(events_.origin, ": ", what)); }

  void warn_of_unmapped_codes() {
    if (report_.unmapped_codes.empty()) return;
    std::int64_t sum = 0;
    const auto less = [](const auto& a, const auto& b) { return a.second < b.second; };
    for (const auto& [code, n] : report_.unmapped_codes) sum += n;
    const auto most = std::max_element(report_.unmapped_codes.begin(), report_.unmapped_codes.end(), less);
    warn(concat(sum, " of ", report_.events, " events have codes that codebook ", in_quotes(codebook_.name()),
                " does not hold, and are not counted; the commonest is ", in_quotes(most->first), " (", most->second,
                "); is this the codebook of the source?"));
  }

  // "010" (a statement) that went through a spreadsheet is "10" (a demand).
  void warn_of_numbers() {
    std::string suspect;
    for (const std::string& code : codes_.texts()) {
      if (code.starts_with('0')) return;
      if (suspect.empty() && code.size() < 3 && codebook_.codes().contains("0" + code)) suspect = code;
    }
    if (suspect.empty()) return;
    warn(concat("no code begins with \"0\", and ", in_quotes(suspect), " may be \"0", suspect,
                "\" that a program has read as a number; keep codes as texts"));
  }

  void warn_of_unknown_actors() {
    std::set<std::string, std::less<>> seen;
    for (const std::string& actor : events_.actors) seen.insert(rolled_up(actor));
    const std::vector<std::string> known(seen.begin(), seen.end());
    for (const std::string& actor : asked_.texts()) {
      if (seen.contains(actor)) continue;
      warn(concat("actor ", in_quotes(actor), " is asked for and in no event", nearest_hint(actor, known)));
    }
  }

  const EventTable& events_;
  std::vector<Pair> pairs_;
  const Codebook& codebook_;
  const CountOptions& options_;
  Calendar calendar_;
  Ranks actors_;  // of the table and of the pairs
  Ranks asked_;   // of the pairs: the names of the panel
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
  check_table(events);
  return EventCounter(events, checked_pairs(pairs), codebook, options).count();
}

CountResult count_events(const EventTable& events, PairChoice pairs, const Codebook& codebook,
                         const CountOptions& options) {
  check_table(events);
  return count_events(events, pairs_in(events, calendar_of(events, options.calendar), pairs), codebook, options);
}

}  // namespace tocsin
