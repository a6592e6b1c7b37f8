// Several rows of one event, and that nothing depends on how rows come: in which order, in which files, read by how
// many.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "event_files.hpp"
#include "event_folder.hpp"
#include "tocsin/event_columns.hpp"
#include "zip_archive.hpp"

namespace tocsin {
namespace {

using event_files::EventFolder;
using event_files::Fields;
using event_files::Gdelt;
using event_files::gdelt1_row;
using event_files::gdelt2_row;
using event_files::line;
using event_files::reading_of;
using event_files::rows_accounted_for;
using event_files::short_rows;

// By text: the order of a table's rows is not what is looked at here.
Fields long_rows(const EventTable& events) {
  Fields rows = event_files::long_rows(events);
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::string all_of(const Fields& rows) {
  std::string text;
  for (const std::string& row : rows) text += row;
  return text;
}

const std::string rest = " root 1 events 1 mentions 10 sources 2 articles 8";

TEST(EventVersions, TheOneThatWasAddedLastStandsAndTheEarlierOnesCanStillBeSeen) {
  Fields rows{gdelt2_row({.code = "190", .added = "20250507120000"}),
              gdelt2_row({.code = "010", .added = "20250509120000"}),
              gdelt2_row({.code = "042", .added = "20250512120000"}), gdelt2_row({.id = "2"})};
  std::sort(rows.begin(), rows.end());
  do {
    const EventReading reading = reading_of(all_of(rows));
    ASSERT_EQ(long_rows(reading.events), (Fields{"2025-05-07 IND>PAK 010 added 2025-05-09 until 2025-05-12" + rest,
                                                 "2025-05-07 IND>PAK 042 added 2025-05-12" + rest,
                                                 "2025-05-07 IND>PAK 190 added 2025-05-07" + rest,
                                                 "2025-05-07 IND>PAK 190 added 2025-05-07 until 2025-05-09" + rest}));
    EXPECT_EQ(reading.report.kept, 2);
    EXPECT_EQ(reading.report.superseded, 2);
    EXPECT_EQ(reading.report.duplicates, 0);
  } while (std::next_permutation(rows.begin(), rows.end()));
}

TEST(EventVersions, OfOneDayTheLatestTimeStands) {
  // By content the first would be the last.
  Fields rows{gdelt2_row({.code = "190", .added = "20250507120000"}),
              gdelt2_row({.code = "010", .added = "20250507121500"})};
  for (int i = 0; i < 2; ++i) {
    const EventReading reading = reading_of(all_of(rows));
    EXPECT_EQ(short_rows(reading.events), Fields{"2025-05-07 IND>PAK 010"});
    EXPECT_EQ(reading.report.duplicates, 1);
    std::swap(rows[0], rows[1]);
  }
}

TEST(EventVersions, OfEqualTimesOneStandsWhateverTheOrder) {
  Fields rows{gdelt2_row({.code = "190"}), gdelt2_row({.code = "010"}), gdelt2_row({.target = "CHN"}),
              gdelt2_row({.articles = "9"}), gdelt2_row({.is_root = "0"})};
  std::sort(rows.begin(), rows.end());
  const Fields wanted = long_rows(reading_of(all_of(rows)).events);
  ASSERT_EQ(wanted.size(), 1U);
  do {
    const EventReading reading = reading_of(all_of(rows));
    ASSERT_EQ(long_rows(reading.events), wanted);
    ASSERT_EQ(reading.report.duplicates, 4);
  } while (std::next_permutation(rows.begin(), rows.end()));
}

TEST(EventVersions, ANewestVersionThatNamesOneSideTakesTheEventAway) {
  const Fields rows{gdelt2_row({.added = "20250507000000"}), gdelt2_row({.target = "", .added = "20250510000000"})};
  for (const std::string& text : {rows[0] + rows[1], rows[1] + rows[0]}) {
    const EventReading reading = reading_of(text);
    EXPECT_EQ(long_rows(reading.events), Fields{"2025-05-07 IND>PAK 190 added 2025-05-07 until 2025-05-10" + rest});
    EXPECT_EQ(reading.report.kept, 0);
    EXPECT_EQ(reading.report.one_sided, 1);
    EXPECT_EQ(reading.report.superseded, 1);
  }
  // And the other way round: the event is there from the day of the correction on.
  const EventReading later =
      reading_of(gdelt2_row({.target = "", .added = "20250507000000"}) + gdelt2_row({.added = "20250510000000"}));
  EXPECT_EQ(long_rows(later.events), Fields{"2025-05-07 IND>PAK 190 added 2025-05-10" + rest});
  EXPECT_EQ(later.report.one_sided, 0);
  EXPECT_EQ(rows_accounted_for(later.report), 2);
}

const std::string icews_header =
    "Event ID\tEvent Date\tSource Name\tSource Country\tCAMEO Code\tTarget Name\tTarget Country\n";

TEST(EventVersions, IcewsCountsNumbersAnewEachDay) {
  const EventReading reading = reading_of(icews_header +
                                          "7\t2018-06-01\ta\tIndia\t040\tb\tNepal\n"
                                          "7\t2018-06-02\ta\tIndia\t040\tb\tNepal\n"
                                          "7\t2018-06-02\ta\tIndia\t040\tb\tNepal\n");
  EXPECT_EQ(short_rows(reading.events), (Fields{"2018-06-01 India>Nepal 040", "2018-06-02 India>Nepal 040"}));
  EXPECT_EQ(reading.report.kept, 2);
  EXPECT_EQ(reading.report.duplicates, 1);
}

TEST(EventVersions, OneNumberInTwoFeedsIsTwoEvents) {
  const EventReading reading = [] {
    const std::string one = gdelt1_row({});
    const std::string two = gdelt2_row({});
    const std::string packed = zip_archive::zip_of({{"one", one}, {"two", two}, {"again", one}});
    return reading_of(packed);
  }();
  EXPECT_EQ(reading.report.kept, 2);
  EXPECT_EQ(reading.report.duplicates, 1);
}

const std::string acled_header = "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2";

TEST(EventVersions, AcledByTheTimeOfUploading) {
  Fields rows{"IND1,2025-05-07,Battles,Armed clash,A,B,1746705600\n",        // 8 May 12:00
              "IND1,2025-05-07,Battles,Armed clash,A,C,1746705601\n",        // one second later
              "IND1,2025-05-07,Protests,Peaceful protest,A,D,1747310400\n",  // 15 May
              "IND11,2025-05-07,Battles,Armed clash,A,B,1746705600\n"};
  std::sort(rows.begin(), rows.end());
  do {
    const EventReading reading = reading_of(acled_header + ",timestamp\n" + all_of(rows));
    ASSERT_EQ(long_rows(reading.events),
              (Fields{"2025-05-07 A>B Battles:Armed clash added 2025-05-08 events 1",
                      "2025-05-07 A>C Battles:Armed clash added 2025-05-08 until 2025-05-15 events 1",
                      "2025-05-07 A>D Protests:Peaceful protest added 2025-05-15 events 1"}));
    EXPECT_EQ(reading.report.duplicates, 1);
    EXPECT_EQ(reading.report.superseded, 1);
  } while (std::next_permutation(rows.begin(), rows.end()));
}

TEST(EventVersions, WithoutADayOfAddingOneStandsAndNoneCountsTwice) {
  Fields rows{"IND1,2025-05-07,Battles,Armed clash,A,B\n", "IND1,2025-05-09,Battles,Armed clash,A,B\n"};
  for (int i = 0; i < 2; ++i) {
    const EventReading reading = reading_of(acled_header + "\n" + all_of(rows));
    EXPECT_EQ(reading.events.size(), 1U);
    EXPECT_EQ(reading.report.kept, 1);
    EXPECT_EQ(rows_accounted_for(reading.report), 2);
    std::swap(rows[0], rows[1]);
  }
}

TEST(EventVersions, EventsOfSeveralDaysGoAsAWhole) {
  const std::string header = "id,type_of_violence,side_a,side_b,date_start,date_end\n";
  const std::string longer = "1,1,A,B,2020-01-01,2020-01-03\n";
  const std::string shorter = "1,1,A,B,2020-01-01,2020-01-01\n";
  for (const std::string& text : {longer + shorter, shorter + longer}) {
    const EventReading reading = reading_of(header + text);
    EXPECT_EQ(short_rows(reading.events), (Fields{"2020-01-01 A>B 1", "2020-01-02 A>B 1", "2020-01-03 A>B 1"}));
    EXPECT_EQ(reading.report.duplicates, 1);
  }
}

TEST(EventVersions, Regression_EventsOfSeveralDaysShareTheRowOfADay) {
  // Two events stand on 2 January: one row of two, although they began on different days.
  const EventReading reading = reading_of(
      "id,type_of_violence,side_a,side_b,date_start,date_end\n"
      "1,1,A,B,2020-01-01,2020-01-02\n"
      "2,1,A,B,2020-01-02,2020-01-02\n");
  EXPECT_EQ(long_rows(reading.events), (Fields{"2020-01-01 A>B 1 events 1", "2020-01-02 A>B 1 events 2"}));
}

TEST(EventVersions, Regression_WithoutADayOfAddingNoneIsSuperseded) {
  const EventReading reading = reading_of(acled_header +
                                          "\nIND1,2025-05-07,Battles,Armed clash,A,B\n"
                                          "IND1,2025-05-09,Battles,Armed clash,A,B\n");
  EXPECT_EQ(reading.report.duplicates, 1);
  EXPECT_EQ(reading.report.superseded, 0);
  EXPECT_TRUE(reading.events.superseded_on.empty());
}

// Made-up days of news with repetitions, corrections and one-sided rows.
Fields made_up(unsigned seed, int count) {
  std::mt19937 random(seed);
  const Fields countries{"IND", "PAK", "CHN", "USA", ""};
  const Fields codes{"010", "190", "042", "112", "173"};
  Fields rows;
  for (int i = 0; i < count; ++i) {
    const auto day = 1 + random() % 20;
    const auto late = random() % 8;
    const auto two = [](auto number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    rows.push_back(gdelt2_row({.id = std::to_string(random() % (count * 2 / 3)),
                               .date = "202505" + two(day),
                               .source = countries[random() % 5],
                               .target = countries[random() % 5],
                               .code = codes[random() % 5],
                               .added = "202505" + two(day + late) + two(random() % 24) + "0000",
                               .is_root = std::to_string(random() % 2),
                               .mentions = std::to_string(random() % 9)}));
  }
  return rows;
}

struct Seen {
  Fields rows;
  std::array<std::int64_t, 5> report;
  std::vector<Day> collected;
  friend bool operator==(const Seen&, const Seen&) = default;
};

Seen seen(const EventReading& reading) {
  const ReadReport& r = reading.report;
  EXPECT_EQ(rows_accounted_for(r), r.rows);
  return {long_rows(reading.events),
          {r.rows, r.kept, r.one_sided, r.duplicates, r.superseded},
          reading.events.collected_days};
}

class EventVersionsOfFiles : public EventFolder {};

TEST_F(EventVersionsOfFiles, NothingDependsOnOrderFilesPackingOrThreads) {
  Fields rows = made_up(1, 600);
  const Seen wanted = seen(reading_of(all_of(rows)));
  ASSERT_GT(wanted.report[3], 0);
  ASSERT_GT(wanted.report[4], 50);
  std::mt19937 random(2);
  for (int round = 0; round < 4; ++round) {
    std::shuffle(rows.begin(), rows.end(), random);
    std::vector<std::string> texts(7);
    for (std::size_t i = 0; i < rows.size(); ++i) texts[i * texts.size() / rows.size()] += rows[i];
    std::vector<std::string> plain;
    std::vector<std::string> gzipped;
    std::vector<zip_archive::Entry> entries;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      plain.push_back(write("plain" + std::to_string(i), texts[i]));
      gzipped.push_back(write("gzipped" + std::to_string(i), zip_archive::gzipped(texts[i])));
      entries.push_back({.name = std::to_string(i) + ".export.CSV", .text = texts[i]});
    }
    std::reverse(gzipped.begin(), gzipped.end());
    const std::string zipped = write("zipped", zip_archive::zip_of(entries));
    for (const int threads : {1, 2, 4}) {
      const ReadOptions options{.threads = threads};
      EXPECT_EQ(seen(read_events(plain, options)), wanted);
      EXPECT_EQ(seen(read_events(gzipped, options)), wanted);
      EXPECT_EQ(seen(read_events({zipped}, options)), wanted);
      EXPECT_EQ(seen(read_events({folder_ + "/plain*"}, options)), wanted);
    }
  }
}

// Two pieces of a plain file, of which each has versions of events of the other.
TEST_F(EventVersionsOfFiles, PiecesOfOneLargeFileKnowOfEachOther) {
  std::string text;
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 24'000; ++i) {
      text += gdelt2_row({.id = std::to_string(i), .added = round == 0 ? "20250507000000" : "20250509000000"});
    }
  }
  ASSERT_GT(text.size(), std::size_t{8} << 20);
  const EventReading reading = read_events({write("large", text)}, {.threads = 2});
  EXPECT_EQ(reading.report.kept, 24'000);
  EXPECT_EQ(reading.report.superseded, 24'000);
  EXPECT_EQ(reading.events.size(), 2U);
}

// A file read twice says nothing new.
TEST_F(EventVersionsOfFiles, TheSameFileTwiceIsTheSameEvents) {
  const std::string path = write("one", all_of(made_up(3, 200)));
  const EventReading once = read_events({path});
  const EventReading twice = read_events({path, path});
  EXPECT_EQ(long_rows(twice.events), long_rows(once.events));
  EXPECT_EQ(twice.report.rows, 2 * once.report.rows);
  EXPECT_EQ(twice.report.kept, once.report.kept);
  EXPECT_EQ(twice.report.duplicates, once.report.rows + once.report.duplicates);
}

TEST_F(EventVersionsOfFiles, ColumnsAreOfTheEventsThatAreKept) {
  const std::string path = write("one", all_of(made_up(5, 500)));
  const EventReading reading = read_events({path});
  const std::vector<EventColumn> columns =
      read_event_columns({path}, {"date", "source", "target", "code", "date_added", "is_root"});
  ASSERT_EQ(static_cast<std::int64_t>(columns[0].size()), reading.report.kept);
  Fields wanted;
  const EventTable& events = reading.events;
  for (std::size_t row = 0; row < events.size(); ++row) {
    if (events.superseded_on[row] != EventTable::never) continue;
    for (std::int64_t i = 0; i < events.events_in(row); ++i) {
      wanted.push_back(event_files::short_row(events, row) + " " + to_string(events.dates_added[row]) + " " +
                       std::to_string(events.is_root[row]));
    }
  }
  Fields found;
  const auto text = [&](std::size_t column, std::size_t row) {
    return columns[column].names[columns[column].texts[row]];
  };
  for (std::size_t row = 0; row < columns[0].size(); ++row) {
    found.push_back(to_string(columns[0].days[row]) + " " + text(1, row) + ">" + text(2, row) + " " + text(3, row) +
                    " " + to_string(columns[4].days[row]) + " " + (columns[5].numbers[row] == 1 ? "1" : "0"));
  }
  std::sort(found.begin(), found.end());
  std::sort(wanted.begin(), wanted.end());
  EXPECT_EQ(found, wanted);
}

}  // namespace
}  // namespace tocsin
