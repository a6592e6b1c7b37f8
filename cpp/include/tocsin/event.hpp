#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tocsin/codebook.hpp"
#include "tocsin/crosswalk.hpp"
#include "tocsin/panel.hpp"

namespace tocsin {

/// What a row of an event file may be worth.
enum class Weight {
  events,    // how many events it stands for: 1, or `NumEvents` where rows are sums themselves
  mentions,  // how often they were mentioned
  sources,   // in how many outlets
  articles,
};
inline constexpr std::size_t weight_count = 4;

/// Events as a tidy table: who did what to whom, when. Columns of equal length; those that may be absent are empty
/// then.
struct EventTable {
  std::string origin = "table";
  std::string source = "tidy";           // the kind of file, as in "gdelt2"
  std::string codebook = "cameo-1.1b3";  // that fits its codes
  std::string actor_system;              // that its actors are codes of, as in "cameo"; empty: unknown

  std::vector<Day> dates;
  std::vector<std::string> actors;  // as the source writes them; `sources` and `targets` point into it
  std::vector<std::uint32_t> sources;
  std::vector<std::uint32_t> targets;
  std::vector<std::string> code_names;  // texts: "010" is not 10; `codes` point into it
  std::vector<std::uint32_t> codes;

  std::vector<Day> dates_added;    // absent: the source does not say
  std::vector<Day> superseded_on;  // the day that brought another version of the row; `never` for none
  std::vector<std::uint8_t> is_root;
  std::array<std::vector<std::int64_t>, weight_count> weights;  // by Weight; absent events: 1 each

  std::vector<Day> collected_days;  // ascending; absent: all of them, as far as is known
  std::vector<std::string> warnings;

  static constexpr Day never{std::numeric_limits<std::int32_t>::max()};

  [[nodiscard]] std::size_t size() const { return dates.size(); }
  [[nodiscard]] std::int64_t events_in(std::size_t row) const {
    const auto& events = weights[static_cast<std::size_t>(Weight::events)];
    return events.empty() ? 1 : events[row];
  }
  [[nodiscard]] std::string_view code(std::size_t row) const { return code_names[codes[row]]; }
};

/// One event per (source, target, code, day) after actors are rolled up, as in KEDS; or every row.
enum class Duplicates { one_a_day, raw };

/// To which pairs of a party an act counts that joins it and a mediator. Always in full to a pair whose other side the
/// mediator has addressed (by any act of mediation or shuttle contact) on the same day or in the 3 days before. To the
/// party's other pairs:
enum class MediationRule {
  allotted,     // their share of the party's hostile events, both directions, of the last 30 days over all its pairs
  all,          // in full
  paired_only,  // not at all
};

/// Pairs that the events name themselves: every two rolled-up actors with an event between them inside the calendar.
enum class PairChoice { all, states };  // `states`: both are countries

/// The root of a sentence names the event that the article is about; the others are background.
enum class EventChoice { all, root };

/// The day on which an event stands in the panel.
enum class DateChoice { event, added };

/// A day of the calendar on which the source reports nothing at all, about anybody.
enum class EmptyDays {
  by_source,      // not collected where the source is a daily feed, else quiet
  quiet,          // counted as zero
  not_collected,  // exposure 0
};

struct CountOptions {
  Duplicates duplicates = Duplicates::one_a_day;
  std::optional<Calendar> calendar =
      {};  // absent: the days that were collected, as far as is known; else those of events
  MediationRule mediation = MediationRule::allotted;
  EventChoice events = EventChoice::all;
  Weight weight = Weight::events;  // others only with `Duplicates::raw`
  DateChoice date = DateChoice::event;
  std::optional<Day> as_of =
      {};  // the panel as it was known at the end of this day: later rows and corrections are unknown
  EmptyDays empty_days = EmptyDays::by_source;
  std::int64_t min_events = 1;  // between the two, for pairs that the events name
};

/// What became of the events of a table: each is in exactly one place, the first that fits, in this order.
struct CountReport {
  std::int64_t events = 0;        // of the table
  std::int64_t superseded = 0;    // another version has taken their place
  std::int64_t unknown_then = 0;  // added after `as_of`
  std::int64_t not_root = 0;
  std::int64_t on_uncollected_days = 0;
  std::int64_t outside_calendar = 0;
  std::int64_t duplicates = 0;                         // removed by rule
  std::int64_t domestic = 0;                           // source and target are the same actor
  std::map<std::string, std::int64_t> unmapped_codes;  // events by code that the codebook does not hold
  std::int64_t counted = 0;                            // reached the panel (several pairs may share one)
  std::int64_t unrelated = 0;  // between others, or of nothing that counts for the pairs asked for

  // Beside these: acts of mediation, with a party asked for, that no pair at all gets a part of. They are `unrelated`,
  // or `counted` for the pair of the party and the mediator themselves.
  std::int64_t unallotted = 0;
};

struct CountResult {
  CountPanel panel;
  CountReport report;
};

/// Counts events into a panel for named pairs, by code and role (SIGNALS.md).
///
/// An actor whose code begins with the three letters of a country is rolled up to it; others keep their code. Between
/// the two parties an event counts by its family; an act of a third party towards one of them counts as mediation where
/// the codebook says so, once per mediator, day and pair with its largest weight, by the rule of the options. A party's
/// act towards a third party counts where mediation is sought or accepted, by the same rule, or refused. Hostile acts
/// of third parties are counted apart, beside pairs with a hostile event of their own in the last 30 days.
///
/// Acts of the family `shuttle` (visits, calls) count only where the third party has addressed the other side of the
/// pair too, on the same day or in the 3 days before; the earlier contact is not credited afterwards.
///
/// What a pair gets on a day depends on events up to that day, also those before the calendar, and not on which other
/// pairs are counted, nor on the order of rows. A signal to which the codebook gives no code is not collected.
///
/// Where the codebook's events have no direction, source and target may stand in either order: the panel is undirected,
/// and events with third parties count for nothing, since nobody knows who acted.
///
/// @throws InputError  without events or pairs; for a pair asked for twice, or of actors that are rolled up to others;
///                     for a calendar without an event, or a table whose columns do not fit together; for a choice that
///                     the table has no column for
[[nodiscard]] CountResult count_events(const EventTable& events, const std::vector<Pair>& pairs,
                                       const Codebook& codebook, const CountOptions& options = {});
/// The same for the pairs that the events name. @throws InputError also where they name none
[[nodiscard]] CountResult count_events(const EventTable& events, PairChoice pairs, const Codebook& codebook,
                                       const CountOptions& options = {});

}  // namespace tocsin
