// What holds of every count, whatever the options: made-up events against sums over the table, event by event.

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>
#include <set>
#include <tuple>

#include "event_files.hpp"
#include "event_folder.hpp"
#include "tocsin/count_writer.hpp"

namespace tocsin {
namespace {

using event_files::EventFolder;
using event_files::Fields;
using event_files::gdelt2_row;

const Codebook& cameo() { return Codebook::shipped("cameo-1.1b3"); }

std::string two(unsigned long number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// A feed of twenty days with corrections, repetitions, background, acts at home and of no side, codes of no codebook,
// and two days without a file.
Fields made_up(unsigned seed, int count) {
  std::mt19937 random(seed);
  const Fields actors{"IND", "PAK", "CHN", "USA", "IGO", ""};
  const Fields codes{"010", "036", "040", "045", "112", "126", "163", "173", "190", "0256", "028", "999"};
  Fields rows;
  for (int i = 0; i < count; ++i) {
    const auto day = 1 + random() % 18;
    auto added = day + (random() % 3 == 0 ? random() % 8 : 0);
    if (added == 9 || added == 10) added = 11;
    rows.push_back(gdelt2_row({.id = std::to_string(random() % static_cast<unsigned long>(count)),
                               .date = "202505" + two(day),
                               .source = actors[random() % actors.size()],
                               .target = actors[random() % actors.size()],
                               .code = codes[random() % codes.size()],
                               .added = "202505" + two(added) + two(random() % 24) + "0000",
                               .is_root = std::to_string(random() % 2),
                               .mentions = std::to_string(random() % 9),
                               .sources = std::to_string(1 + random() % 3)}));
  }
  return rows;
}

std::string all_of(const Fields& rows) {
  std::string text;
  for (const std::string& row : rows) text += row;
  return text;
}

// With roles, so that several actors of the table are one of the panel.
const ReadOptions in_full{.actors = ActorForm::code};

std::string rolled_up_by_hand(const std::string& actor) {
  return actor.starts_with("IGO") ? actor : actor.substr(0, 3);
}

// Where every event belongs, by the words of `CountReport`.
struct Sums {
  std::int64_t events = 0;
  std::int64_t superseded = 0;
  std::int64_t unknown_then = 0;
  std::int64_t not_root = 0;
  std::int64_t on_uncollected_days = 0;
  std::int64_t outside_calendar = 0;
  std::int64_t duplicates = 0;
  std::int64_t domestic = 0;
  std::map<std::string, std::int64_t> unmapped_codes;
  std::int64_t others = 0;                // counted or unrelated
  std::int64_t between = 0;               // of these, of a signal between two that are asked for
  std::map<std::int32_t, double> totals;  // by day of the calendar
  // By day, source, target and signal, for pairs that are asked for.
  std::map<std::tuple<std::int32_t, std::string, std::string, std::size_t>, double> cells;
  std::map<Pair, std::int64_t> known;  // events in the calendar by pair, before anything is left out
};

std::optional<Signal> signal_of(Family family) {
  if (family == Family::rhetoric) return Signal::rhetoric;
  if (family == Family::military) return Signal::military;
  if (family == Family::punitive) return Signal::punitive;
  if (family == Family::cooperation) return Signal::cooperation;
  return std::nullopt;
}

class EventByEvent {
 public:
  EventByEvent(const EventTable& events, const CountOptions& options, const CountPanel& panel)
      : events_(events), options_(options), panel_(panel) {
    for (const PairCounts& each : panel.pairs()) asked_.insert(each.pair);
    for (std::size_t row = 0; row < events.size(); ++row) add(row);
  }
  [[nodiscard]] const Sums& sums() const { return sums_; }

 private:
  void add(std::size_t row) {
    const std::int64_t n = events_.events_in(row);
    sums_.events += n;
    const Day until = events_.superseded_on.empty() ? EventTable::never : events_.superseded_on[row];
    if (options_.as_of && events_.dates_added[row] > *options_.as_of) {
      sums_.unknown_then += n;
      return;
    }
    if (until != EventTable::never && (!options_.as_of || until <= *options_.as_of)) {
      sums_.superseded += n;
      return;
    }
    const Day day = options_.date == DateChoice::event ? events_.dates[row] : events_.dates_added[row];
    const std::string source = rolled_up_by_hand(events_.actors[events_.sources[row]]);
    const std::string target = rolled_up_by_hand(events_.actors[events_.targets[row]]);
    const std::string code{events_.code(row)};
    const bool is_inside = panel_.calendar().contains(day);
    if (is_inside && source != target) sums_.known[Pair::of(source, target)] += n;
    if (options_.events == EventChoice::root && events_.is_root[row] == 0) {
      sums_.not_root += n;
    } else if (is_inside && panel_.exposure()[static_cast<std::size_t>(day - panel_.calendar().first)] == 0) {
      sums_.on_uncollected_days += n;
    } else if (!is_inside) {
      sums_.outside_calendar += n;
    } else {
      count(day, source, target, code, n, events_.weights[static_cast<std::size_t>(options_.weight)][row]);
    }
  }

  void count(Day day, const std::string& source, const std::string& target, const std::string& code, std::int64_t n,
             std::int64_t weight) {
    if (options_.duplicates == Duplicates::one_a_day) {
      const bool is_new = seen_.insert({day.since_epoch, source, target, code}).second;
      sums_.duplicates += is_new ? n - 1 : n;
      if (!is_new) return;
      n = weight = 1;
    }
    sums_.totals[day.since_epoch] += static_cast<double>(weight);
    const CodeMeaning* meaning = cameo().find(code);
    if (source == target) {
      sums_.domestic += n;
    } else if (meaning == nullptr) {
      sums_.unmapped_codes[code] += n;
    } else {
      sums_.others += n;
      const auto signal = signal_of(meaning->between_parties);
      if (!signal || !asked_.contains(Pair::of(source, target))) return;
      sums_.between += n;
      if (weight > 0) {
        sums_.cells[{day.since_epoch, source, target, index_of(*signal)}] += static_cast<double>(weight);
      }
    }
  }

  const EventTable& events_;
  const CountOptions& options_;
  const CountPanel& panel_;
  std::set<Pair> asked_;
  std::set<std::tuple<std::int32_t, std::string, std::string, std::string>> seen_;
  Sums sums_;
};

void expect_identities(const EventTable& events, const CountOptions& options, const CountResult& result) {
  const Sums sums = EventByEvent(events, options, result.panel).sums();
  const CountReport& report = result.report;
  EXPECT_EQ(report.events, sums.events);
  EXPECT_EQ(report.superseded, sums.superseded);
  EXPECT_EQ(report.unknown_then, sums.unknown_then);
  EXPECT_EQ(report.not_root, sums.not_root);
  EXPECT_EQ(report.on_uncollected_days, sums.on_uncollected_days);
  EXPECT_EQ(report.outside_calendar, sums.outside_calendar);
  EXPECT_EQ(report.duplicates, sums.duplicates);
  EXPECT_EQ(report.domestic, sums.domestic);
  EXPECT_EQ(report.unmapped_codes, sums.unmapped_codes);
  EXPECT_EQ(report.counted + report.unrelated, sums.others);
  EXPECT_GE(report.counted, sums.between);
  EXPECT_LE(report.unallotted, sums.others);
}

void expect_same_cells(const EventTable& events, const CountOptions& options, const CountPanel& panel) {
  const Sums sums = EventByEvent(events, options, panel).sums();
  ASSERT_EQ(panel.total().size(), panel.exposure().size());
  for (std::size_t day = 0; day < panel.total().size(); ++day) {
    const auto found = sums.totals.find((panel.calendar().first + static_cast<std::int32_t>(day)).since_epoch);
    if (panel.exposure()[day] == 0) {
      EXPECT_TRUE(std::isnan(panel.total()[day]));
      EXPECT_EQ(found, sums.totals.end());
    } else {
      EXPECT_EQ(panel.total()[day], found == sums.totals.end() ? 0 : found->second);
    }
  }
  std::remove_const_t<decltype(sums.cells)> cells;
  const CountTable table = panel.to_table();
  for (std::size_t row = 0; row < table.size(); ++row) {
    for (const Signal signal : {Signal::rhetoric, Signal::military, Signal::punitive, Signal::cooperation}) {
      const double value = table.values[index_of(signal)][row];
      if (std::isnan(value) || value == 0) continue;
      cells[{table.dates[row].since_epoch, table.actors[table.sources[row]], table.actors[table.targets[row]],
             index_of(signal)}] = value;
    }
  }
  EXPECT_EQ(cells, sums.cells);
}

std::vector<CountOptions> all_options() {
  std::vector<CountOptions> all;
  for (const MediationRule mediation : {MediationRule::allotted, MediationRule::all, MediationRule::paired_only}) {
    for (const EventChoice events : {EventChoice::all, EventChoice::root}) {
      for (const DateChoice date : {DateChoice::event, DateChoice::added}) {
        for (const EmptyDays empty : {EmptyDays::by_source, EmptyDays::quiet, EmptyDays::not_collected}) {
          for (const bool is_then : {false, true}) {
            CountOptions options{.mediation = mediation, .events = events, .date = date, .empty_days = empty};
            if (is_then) options.as_of = parse_day("2025-05-12");
            all.push_back(options);
            options.calendar = Calendar{*parse_day("2025-05-04"), *parse_day("2025-05-14")};
            all.push_back(options);
          }
        }
      }
    }
  }
  return all;
}

std::vector<CountOptions> with_every_weight(const CountOptions& options) {
  std::vector<CountOptions> all{options};
  for (const Weight weight : {Weight::events, Weight::mentions, Weight::sources, Weight::articles}) {
    all.push_back(options);
    all.back().duplicates = Duplicates::raw;
    all.back().weight = weight;
  }
  return all;
}

// Everything that a count gives, as text.
std::string shown(const CountResult& result) {
  std::ostringstream text;
  write_counts(result.panel, text);
  const CountReport& r = result.report;
  for (const std::int64_t n : {r.events, r.superseded, r.unknown_then, r.not_root, r.on_uncollected_days,
                               r.outside_calendar, r.duplicates, r.domestic, r.counted, r.unrelated, r.unallotted}) {
    text << n << ' ';
  }
  for (const auto& [code, n] : r.unmapped_codes) text << code << ' ' << n << ' ';
  return text.str();
}

TEST(CountProperties, EveryEventIsInOnePlaceAndThePanelHoldsThoseThatCount) {
  const EventTable events = event_files::reading_of(all_of(made_up(1, 900)), in_full).events;
  ASSERT_FALSE(events.superseded_on.empty());
  const std::vector<Pair> three{{"CHN", "IND"}, {"IGOGOV", "PAK"}, {"IND", "PAK"}};
  for (const CountOptions& given : all_options()) {
    for (const CountOptions& options : with_every_weight(given)) {
      const CountResult named = count_events(events, three, cameo(), options);
      expect_identities(events, options, named);
      expect_same_cells(events, options, named.panel);
      const CountResult all = count_events(events, PairChoice::all, cameo(), options);
      expect_identities(events, options, all);
      expect_same_cells(events, options, all.panel);
      // What is left out has nothing to do with the pairs.
      EXPECT_EQ(named.report.duplicates, all.report.duplicates);
      EXPECT_LE(named.report.counted, all.report.counted);
      ASSERT_FALSE(HasFailure());
    }
  }
}

TEST(CountProperties, PairsAreThoseWithEnoughEventsThatAreKnown) {
  const EventTable events = event_files::reading_of(all_of(made_up(2, 300)), in_full).events;
  std::set<std::size_t> sizes;
  for (CountOptions options : all_options()) {
    if (options.events == EventChoice::root) continue;
    for (const std::int64_t least : {1, 5, 9}) {
      options.min_events = least;
      for (const PairChoice choice : {PairChoice::all, PairChoice::states}) {
        const CountResult result = count_events(events, choice, cameo(), options);
        std::vector<Pair> wanted;
        const Sums sums = EventByEvent(events, options, result.panel).sums();
        for (const auto& [pair, n] : sums.known) {
          const bool is_of_states = pair.first.size() == 3 && pair.second.size() == 3;
          if (n >= least && (choice == PairChoice::all || is_of_states)) wanted.push_back(pair);
        }
        std::vector<Pair> found;
        for (const PairCounts& each : result.panel.pairs()) found.push_back(each.pair);
        ASSERT_EQ(found, wanted) << least;
        sizes.insert(found.size());
      }
    }
  }
  EXPECT_GT(sizes.size(), 3U);
}

// The rule says to which pairs an act of mediation goes; what the two do to each other is none of its business.
TEST(CountProperties, TheRuleOfMediationChangesMediationOnly) {
  const EventTable events = event_files::reading_of(all_of(made_up(3, 900))).events;
  std::vector<CountTable> tables;
  std::vector<double> mediation;
  for (const MediationRule rule : {MediationRule::paired_only, MediationRule::allotted, MediationRule::all}) {
    tables.push_back(count_events(events, PairChoice::all, cameo(), {.mediation = rule}).panel.to_table());
    double sum = 0;
    for (const double cell : tables.back().values[index_of(Signal::mediation)]) sum += std::isnan(cell) ? 0 : cell;
    mediation.push_back(sum);
  }
  EXPECT_GT(mediation[0], 0);
  EXPECT_LT(mediation[0], mediation[1]);
  EXPECT_LT(mediation[1], mediation[2]);
}

TEST(CountProperties, AsOfTheLastDayIsAllThatIsKnown) {
  const EventReading reading = event_files::reading_of(all_of(made_up(4, 900)));
  const CountResult all = count_events(reading.events, PairChoice::all, cameo());
  const CountOptions last{.as_of = reading.events.collected_days.back()};
  EXPECT_EQ(shown(count_events(reading.events, PairChoice::all, cameo(), last)), shown(all));
  const CountOptions before{.as_of = reading.events.collected_days.back() + -1};
  EXPECT_NE(shown(count_events(reading.events, PairChoice::all, cameo(), before)), shown(all));
}

// What was known on a day is what a reader of the files of that day had counted then.
TEST(CountProperties, AsOfADayIsTheCountOfWhatHadBeenReadByThen) {
  const Fields rows = made_up(5, 900);
  const EventTable events = event_files::reading_of(all_of(rows)).events;
  for (const char* day : {"2025-05-06", "2025-05-11", "2025-05-17"}) {
    std::string by_then;
    for (const std::string& row : rows) {
      const std::size_t added = row.rfind("\t202505") + 1;
      if (row.substr(added, 8) <= std::string{day}.replace(4, 1, "").replace(6, 1, "")) by_then += row;
    }
    const CountOptions options{.calendar = Calendar{*parse_day("2025-05-02"), *parse_day(day)},
                               .as_of = parse_day(day)};
    const CountOptions plain{.calendar = options.calendar};
    const std::vector<Pair> pairs{{"CHN", "IND"}, {"IND", "PAK"}};
    std::ostringstream then;
    std::ostringstream now;
    write_counts(count_events(event_files::reading_of(by_then).events, pairs, cameo(), plain).panel, then);
    write_counts(count_events(events, pairs, cameo(), options).panel, now);
    EXPECT_EQ(now.str(), then.str()) << day;
  }
}

class CountPropertiesOfFiles : public EventFolder {};

TEST_F(CountPropertiesOfFiles, CountsDependNeitherOnOrderNorThreadsNorFiles) {
  const std::vector<CountOptions> some{{},
                                       {.duplicates = Duplicates::raw, .weight = Weight::mentions},
                                       {.duplicates = Duplicates::raw, .date = DateChoice::added},
                                       {.mediation = MediationRule::all, .events = EventChoice::root},
                                       {.as_of = parse_day("2025-05-12"), .empty_days = EmptyDays::quiet}};
  const auto counted = [&](const EventReading& reading) {
    std::string text;
    for (const CountOptions& options : some) {
      text += shown(count_events(reading.events, PairChoice::all, cameo(), options));
    }
    return text;
  };
  for (const unsigned seed : {6U, 7U, 8U}) {
    Fields rows = made_up(seed, 700);
    const std::string wanted = counted(event_files::reading_of(all_of(rows), in_full));
    std::mt19937 random(seed);
    for (const std::size_t files : {1, 2, 9}) {
      std::shuffle(rows.begin(), rows.end(), random);
      std::vector<std::string> texts(files);
      for (const std::string& row : rows) texts[random() % files] += row;
      std::vector<std::string> names;
      for (std::size_t i = 0; i < files; ++i) names.push_back(write(std::to_string(i), texts[i]));
      std::shuffle(names.begin(), names.end(), random);
      for (const int threads : {1, 3}) {
        EXPECT_EQ(counted(read_events(names, {.actors = ActorForm::code, .threads = threads})), wanted)
            << seed << " " << files << " " << threads;
      }
    }
  }
}

}  // namespace
}  // namespace tocsin
