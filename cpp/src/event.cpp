#include "tocsin/event.hpp"

#include <algorithm>
#include <array>
#include <compare>
#include <map>
#include <set>
#include <utility>

#include "event_tally.hpp"
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

// In order, each once, of actors that events can have.
std::vector<Pair> checked_pairs(const std::vector<Pair>& asked) {
  if (asked.empty()) throw InputError("no pair is asked for; name at least one, as in \"IND-PAK\"");
  std::vector<Pair> pairs;
  for (const Pair& pair : asked) {
    for (const std::string& actor : {pair.first, pair.second}) {
      if (rolled_up(actor) == actor) continue;
      throw InputError(concat("pair ", in_quotes(to_string(pair)), " cannot have events: ", in_quotes(actor),
                              " is rolled up to ", in_quotes(rolled_up(actor)), "; ask for the country"));
    }
    pairs.push_back(Pair::of(pair.first, pair.second));
  }
  std::sort(pairs.begin(), pairs.end());
  const auto same = std::adjacent_find(pairs.begin(), pairs.end());
  if (same != pairs.end()) throw InputError(concat("pair ", in_quotes(to_string(*same)), " is asked for twice"));
  return pairs;
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
        pairs_of_(actors_.texts().size()) {
    for (const std::string& code : codes_.texts()) meanings_.push_back(codebook.find(code));
    for (std::uint32_t i = 0; i < pairs_.size(); ++i) {
      sides_.push_back({actors_.of(pairs_[i].first), actors_.of(pairs_[i].second)});
      for (const std::uint32_t side : sides_[i]) pairs_of_[side].push_back(i);
    }
    table_.origin = events.origin;
    table_.actors = asked_.texts();
    table_.is_directed = codebook.is_directed();
    table_.warnings = events.warnings;
  }

  CountResult count() {
    const std::vector<Event> events = sorted_events();
    auto event = events.begin();
    for (Day day = calendar_.first; day <= calendar_.last; day = day + 1) {
      std::map<std::uint32_t, EventTally> today;
      // A pair without an event is in the panel too, and the day's total needs a row to stand in.
      today.try_emplace(0);
      if (day == calendar_.first) {
        for (std::uint32_t pair = 1; pair < pairs_.size(); ++pair) today.try_emplace(pair);
      }
      const auto begin = event;
      for (; event != events.end() && event->day == day; ++event) sort_in(*event, today);
      for (const auto& [pair, tally] : today) add_rows(day, pair, tally, static_cast<double>(event - begin));
    }
    add_warnings();
    CountPanel panel = CountPanel::from_table(table_, calendar_);
    panel.set_provenance({codebook_.name(), codebook_.version(), codebook_.hash(),
                          options_.duplicates == Duplicates::one_a_day ? "one_a_day" : "raw", "all"});
    return {std::move(panel), std::move(report_)};
  }

 private:
  // The events inside the calendar, by day.
  std::vector<Event> sorted_events() {
    std::vector<std::uint32_t> rank_of_actor;
    for (const std::string& actor : events_.actors) rank_of_actor.push_back(actors_.of(rolled_up(actor)));
    std::vector<Event> events;
    events.reserve(events_.size());
    for (std::size_t row = 0; row < events_.size(); ++row) {
      if (!calendar_.contains(events_.dates[row])) continue;
      events.push_back({events_.dates[row], rank_of_actor[events_.sources[row]], rank_of_actor[events_.targets[row]],
                        codes_.of(events_.codes[row])});
      // Ranks are alphabetical: an undirected event stands on direction 0, and its two spellings are one event.
      if (!codebook_.is_directed() && events.back().source > events.back().target) {
        std::swap(events.back().source, events.back().target);
      }
    }
    if (events.empty()) {
      throw InputError(concat(events_.origin, ": no event lies inside the calendar ", to_string(calendar_.first),
                              " to ", to_string(calendar_.last)));
    }
    report_.events = static_cast<std::int64_t>(events_.size());
    report_.outside_calendar = report_.events - static_cast<std::int64_t>(events.size());
    std::sort(events.begin(), events.end());
    if (options_.duplicates == Duplicates::one_a_day) {
      const auto end = std::unique(events.begin(), events.end());
      report_.duplicates = events.end() - end;
      events.erase(end, events.end());
    }
    return events;
  }

  // Gives an event to the pairs that it concerns.
  void sort_in(const Event& event, std::map<std::uint32_t, EventTally>& today) {
    if (event.source == event.target) {
      ++report_.domestic;
      return;
    }
    const CodeMeaning* meaning = meanings_[event.code];
    if (meaning == nullptr) {
      ++report_.unmapped_codes[codes_.texts()[event.code]];
      return;
    }
    bool is_counted = false;
    for (const std::uint32_t pair : pairs_of_[event.source]) {
      const std::size_t direction = sides_[pair][0] == event.source ? 0 : 1;
      EventTally& tally = today[pair];
      is_counted |= sides_[pair][1 - direction] == event.target
                        ? tally.between_parties(direction, *meaning)
                        : tally.towards_third_party(direction, event.target, *meaning);
    }
    for (const std::uint32_t pair : pairs_of_[event.target]) {
      const bool is_between = sides_[pair][0] == event.source || sides_[pair][1] == event.source;
      if (!is_between && codebook_.is_directed()) is_counted |= today[pair].by_third_party(event.source, *meaning);
    }
    ++(is_counted ? report_.counted : report_.unrelated);
  }

  void add_rows(Day day, std::uint32_t pair, const EventTally& tally, double total) {
    const std::array<std::uint32_t, 2> names{asked_.of(pairs_[pair].first), asked_.of(pairs_[pair].second)};
    for (std::size_t direction = 0; direction < (codebook_.is_directed() ? 2U : 1U); ++direction) {
      table_.dates.push_back(day);
      table_.sources.push_back(names[direction]);
      table_.targets.push_back(names[1 - direction]);
      const auto cells = tally.columns(direction);
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
  std::vector<const CodeMeaning*> meanings_;          // by code; null: the codebook holds none
  std::vector<std::array<std::uint32_t, 2>> sides_;   // by pair
  std::vector<std::vector<std::uint32_t>> pairs_of_;  // by actor
  CountTable table_;
  CountReport report_;
};

}  // namespace

CountResult count_events(const EventTable& events, const std::vector<Pair>& pairs, const Codebook& codebook,
                         const CountOptions& options) {
  check_table(events);
  return EventCounter(events, checked_pairs(pairs), codebook, options).count();
}

}  // namespace tocsin
