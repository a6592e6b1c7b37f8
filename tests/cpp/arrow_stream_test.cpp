#include "tocsin/arrow_stream.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "arrow_test_stream.hpp"
#include "tocsin/error.hpp"

namespace tocsin {
namespace {

using arrow_tables::Array;
using arrow_tables::Batch;
using arrow_tables::bitmap;
using arrow_tables::coded;
using arrow_tables::numbers;
using arrow_tables::sliced;
using arrow_tables::Stream;
using arrow_tables::text_views;
using arrow_tables::texts;

const std::vector<std::string> names{"date", "source", "target", "rhetoric"};
constexpr std::int32_t first_of_may = 20'209;  // 2025-05-01

Array dates(std::int64_t n) {
  std::vector<std::int32_t> days;
  for (std::int32_t i = 0; i < n; ++i) days.push_back(first_of_may + i);
  return numbers("tdD", days);
}

Array repeated(const std::string& name, std::int64_t n) {
  return texts(std::vector<std::string>(static_cast<std::size_t>(n), name));
}

Batch batch_of(const Array& counts) {
  return {dates(counts.length), repeated("IND", counts.length), repeated("PAK", counts.length), counts};
}

std::vector<double> counts_in(const std::vector<Array>& chunks) {
  std::vector<Batch> batches;
  for (const Array& chunk : chunks) batches.push_back(batch_of(chunk));
  Stream stream(names, batches);
  const CountTable table = read_count_table(stream.get(), "counts");
  EXPECT_EQ(stream.held.all(), 0) << "something was not released";
  return table.values[index_of(Signal::rhetoric)];
}

std::vector<std::string> days_in(const Array& date) {
  Stream stream(names, {{date, repeated("IND", date.length), repeated("PAK", date.length),
                         numbers("l", std::vector<std::int64_t>(static_cast<std::size_t>(date.length), 1))}});
  const CountTable table = read_count_table(stream.get(), "counts");
  std::vector<std::string> days;
  for (const Day day : table.dates) days.push_back(to_string(day));
  return days;
}

std::string fault_of(const Batch& batch, const std::vector<std::string>& columns = names) {
  Stream stream(columns, {batch});
  std::string said = "no fault";
  try {
    static_cast<void>(read_count_table(stream.get(), "counts"));
  } catch (const Error& error) {
    said = error.what();
  }
  EXPECT_EQ(stream.held.all(), 0) << "something was not released after: " << said;
  return said;
}

TEST(ArrowStream, ReadsIntegersAndFloatsOfEveryWidth) {
  const std::vector<double> expected{7, 0, 3};
  EXPECT_EQ(counts_in({numbers<std::int8_t>("c", {7, 0, 3})}), expected);
  EXPECT_EQ(counts_in({numbers<std::uint8_t>("C", {7, 0, 3})}), expected);
  EXPECT_EQ(counts_in({numbers<std::int16_t>("s", {7, 0, 3})}), expected);
  EXPECT_EQ(counts_in({numbers<std::uint16_t>("S", {7, 0, 3})}), expected);
  EXPECT_EQ(counts_in({numbers<std::int32_t>("i", {7, 0, 3})}), expected);
  EXPECT_EQ(counts_in({numbers<std::uint32_t>("I", {7, 0, 3})}), expected);
  EXPECT_EQ(counts_in({numbers<std::int64_t>("l", {7, 0, 3})}), expected);
  EXPECT_EQ(counts_in({numbers<std::uint64_t>("L", {7, 0, 3})}), expected);
  EXPECT_EQ(counts_in({numbers<float>("f", {7, 0, 3})}), expected);
  EXPECT_EQ(counts_in({numbers<double>("g", {7, 0, 3})}), expected);
}

TEST(ArrowStream, ReadsTheEdgesOfWidths) {
  EXPECT_EQ(counts_in({numbers<std::int8_t>("c", {-128})})[0], -128);
  EXPECT_EQ(counts_in({numbers<std::uint32_t>("I", {4'294'967'295U})})[0], 4'294'967'295.0);
  EXPECT_EQ(counts_in({numbers<std::uint64_t>("L", {std::uint64_t{1} << 63})})[0], std::ldexp(1.0, 63));
}

// binary16 by hand: 0x3E00 = 0 01111 1000000000 = 1.5; 0xC400 = 1 10001 0... = -4; 0x0001 = 2^-24; 0x7C00 = infinity.
TEST(ArrowStream, ReadsHalfFloats) {
  const std::vector<double> read = counts_in({numbers<std::uint16_t>("e", {0x3E00, 0xC400, 0x0001, 0x7C00, 0x7E00})});
  EXPECT_EQ(read[0], 1.5);
  EXPECT_EQ(read[1], -4);
  EXPECT_EQ(read[2], std::ldexp(1.0, -24));
  EXPECT_EQ(read[3], std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(read[4]));
}

// 250 with two digits behind the point is 2.5; -1 is all ones in two's complement.
TEST(ArrowStream, ReadsDecimalsOfEveryWidth) {
  EXPECT_EQ(counts_in({numbers<std::int32_t>("d:5,2,32", {250, -1})}), (std::vector{2.5, -0.01}));
  EXPECT_EQ(counts_in({numbers<std::int64_t>("d:10,0,64", {250, -1})}), (std::vector{250.0, -1.0}));
  Array wide = numbers<std::int64_t>("d:38,0", {250, 0, -1, -1, 0, 1});
  wide.length = 3;  // each of two words: the lower one first
  EXPECT_EQ(counts_in({wide}), (std::vector{250.0, -1.0, std::ldexp(1.0, 64)}));
  Array widest = numbers<std::int64_t>("d:70,-3,256", {-2, -1, -1, -1});
  widest.length = 1;
  EXPECT_EQ(counts_in({widest}), (std::vector{-2000.0}));
}

TEST(ArrowStream, ANullIsNotCollectedWhateverStandsInItsPlace) {
  for (const Array& array : {numbers<std::int64_t>("l", {7, 99, 3}, {true, false, true}),
                             numbers<double>("g", {7, 99, 3}, {true, false, true}),
                             numbers<std::uint8_t>("C", {7, 99, 3}, {true, false, true})}) {
    const std::vector<double> read = counts_in({array});
    EXPECT_EQ(read[0], 7);
    EXPECT_TRUE(std::isnan(read[1]));
    EXPECT_EQ(read[2], 3);
  }
}

TEST(ArrowStream, AColumnThatIsNullThroughoutIsNotCollectedWhateverItsType) {
  const Array nothing{"n", 2, {}, 2};
  const Array no_texts = texts({"", ""}, {false, false});
  const Array no_truth = numbers<std::uint8_t>("b", {0}, {false, false});
  for (Array array : {nothing, no_texts, no_truth}) {
    array.length = 2;
    for (const double value : counts_in({array})) EXPECT_TRUE(std::isnan(value));
  }
}

TEST(ArrowStream, SlicedArraysBeginAtTheirOffset) {
  const Array whole = numbers<std::int32_t>("i", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11},
                                            {true, true, true, true, true, true, true, true, true, false, true});
  const std::vector<double> read = counts_in({sliced(whole, 8, 3)});
  EXPECT_EQ(read[0], 9);
  EXPECT_TRUE(std::isnan(read[1]));
  EXPECT_EQ(read[2], 11);
  EXPECT_EQ(days_in(sliced(texts({"2025-01-01", "2025-05-01", "2025-05-02"}), 1, 2)),
            (std::vector<std::string>{"2025-05-01", "2025-05-02"}));
  EXPECT_EQ(days_in(sliced(text_views({"2025-01-01", "2025-05-01", "2025-05-02"}), 1, 2)),
            (std::vector<std::string>{"2025-05-01", "2025-05-02"}));
}

TEST(ArrowStream, ManyChunksAndEmptyOnesAreOneTable) {
  std::vector<Array> chunks;
  std::vector<double> expected;
  for (int i = 0; i < 300; ++i) {
    chunks.push_back(
        numbers<std::int64_t>("l", i % 3 == 0 ? std::vector<std::int64_t>{} : std::vector<std::int64_t>{i, i}));
    if (i % 3 != 0) expected.insert(expected.end(), 2, i);
  }
  EXPECT_EQ(counts_in(chunks), expected);
}

TEST(ArrowStream, ALongBatchIsReadInSlices) {
  std::vector<std::int32_t> values(200'001);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::int32_t>(i % 1'000);
  Batch batch = batch_of(numbers("i", values));
  batch[0] = numbers("tdD", std::vector<std::int32_t>(values.size(), first_of_may));
  Stream stream(names, {batch});
  const CountTable table = read_count_table(stream.get(), "counts");
  EXPECT_EQ(table.values[0].size(), values.size());
  EXPECT_EQ(table.values[0][200'000], 0);
  EXPECT_EQ(table.values[0][123'456], 456);
}

TEST(ArrowStream, DatesOfEveryTypeAreTheirDayInUtc) {
  const std::vector<std::string> expected{"2025-05-01", "1969-12-31"};
  const std::int64_t late = std::int64_t{first_of_may} * 86'400 + 86'399;  // the last second of the day
  EXPECT_EQ(days_in(numbers<std::int32_t>("tdD", {first_of_may, -1})), expected);
  EXPECT_EQ(days_in(numbers<std::int64_t>("tdm", {std::int64_t{first_of_may} * 86'400'000, -86'400'000})), expected);
  EXPECT_EQ(days_in(numbers<std::int64_t>("tss:", {late, -1})), expected);
  EXPECT_EQ(days_in(numbers<std::int64_t>("tsm:UTC", {late * 1'000, -1})), expected);
  EXPECT_EQ(days_in(numbers<std::int64_t>("tsu:Asia/Kolkata", {late * 1'000'000, -1})), expected);
  EXPECT_EQ(days_in(numbers<std::int64_t>("tsn:+05:30", {late * 1'000'000'000, -1})), expected);
}

TEST(ArrowStream, TextsOfEveryLayoutAreRead) {
  const std::vector<std::string> actors{"IND", "a name that is longer than twelve bytes", "भारत", "IND",
                                        "another name of more than twelve bytes"};
  const Batch rest{dates(5), texts(actors), repeated("PAK", 5), numbers<std::int64_t>("l", {1, 1, 1, 1, 1})};
  for (const Array& source : {texts(actors), texts<std::int64_t>(actors), text_views(actors)}) {
    Batch batch = rest;
    batch[1] = source;
    Stream stream(names, {batch});
    const CountTable table = read_count_table(stream.get(), "counts");
    std::vector<std::string> read;
    for (const std::uint32_t id : table.sources) read.push_back(table.actors[id]);
    EXPECT_EQ(read, actors);
    EXPECT_EQ(table.actors.size(), 5U) << "each name once: four of sources, one target";
  }
}

TEST(ArrowStream, DictionariesMayDifferBetweenChunks) {
  const auto batch = [](const Array& source, std::int32_t day) {
    return Batch{numbers("tdD", std::vector<std::int32_t>(2, day)), source, repeated("PAK", 2),
                 coded<std::int8_t>("c", {0, 1}, numbers<double>("g", {4, 5}), {true, false})};
  };
  Stream stream(names, {batch(coded<std::int8_t>("c", {1, 0}, texts({"IND", "CHN"})), first_of_may),
                        batch(coded<std::int8_t>("c", {2, 1}, texts({"IND", "CHN", "USA"})), first_of_may + 1),
                        batch(coded<std::int8_t>("c", {0, 0}, texts({"RUS"})), first_of_may + 2)});
  const CountTable table = read_count_table(stream.get(), "counts");
  std::vector<std::string> read;
  for (const std::uint32_t id : table.sources) read.push_back(table.actors[id]);
  EXPECT_EQ(read, (std::vector<std::string>{"CHN", "IND", "USA", "CHN", "RUS", "RUS"}));
  EXPECT_EQ(table.values[0][0], 4);
  EXPECT_TRUE(std::isnan(table.values[0][1]));
  EXPECT_EQ(stream.held.all(), 0);
}

TEST(ArrowStream, AFaultOfAnUnusedDictionaryValueIsNone) {
  const Array date = coded<std::uint16_t>("S", {1, 1}, texts({"no date", "2025-05-01"}));
  EXPECT_EQ(days_in(date), (std::vector<std::string>{"2025-05-01", "2025-05-01"}));
}

TEST(ArrowStream, ADateOfAWeekStandsOnItsSunday) {
  Stream stream(names, {{texts({"2025-W18", "2025-W19"}), repeated("IND", 2), repeated("PAK", 2),
                         numbers<std::int64_t>("l", {7, 14})}});
  const CountPanel panel = CountPanel::from_table(read_count_table(stream.get(), "counts"));
  EXPECT_EQ(to_string(panel.calendar().first), "2025-05-04");
  EXPECT_EQ(panel.exposure(), (std::vector<double>{7, 0, 0, 0, 0, 0, 0, 7}));
}

TEST(ArrowStream, FaultsNameRowColumnAndValue) {
  const Array ones = numbers<std::int64_t>("l", {1, 1});
  const auto with = [&](std::size_t column, const Array& array) {
    Batch batch = batch_of(ones);
    batch[column] = array;
    return fault_of(batch);
  };
  EXPECT_EQ(with(0, texts({"2025-05-01", "2025-02-30"})),
            "counts:2: column \"date\" holds \"2025-02-30\", expected a date or a day as YYYY-MM-DD");
  EXPECT_EQ(with(0, texts({"2025-W18", "2025-05-01"})),
            "counts:2: column \"date\" holds \"2025-05-01\", expected an ISO week as YYYY-Www, as in the rows before; "
            "give days or weeks, not both");
  EXPECT_EQ(with(0, numbers<std::int64_t>("l", {20250501, 20250502})),
            "counts:1: column \"date\" holds 20250501, expected a date or a text as YYYY-MM-DD");
  EXPECT_EQ(with(0, numbers<std::int64_t>("tss:", {0, std::numeric_limits<std::int64_t>::max()})),
            "counts:2: column \"date\" holds the day 106751991167300 since 1970-01-01, expected a day from 1800-01-01 "
            "to 2199-12-31");
  EXPECT_EQ(with(1, texts({"IND", ""}, {true, false})),
            "counts:2: column \"source\" holds no value, expected the name of an actor");
  EXPECT_EQ(with(1, numbers<std::int64_t>("l", {3, 4})),
            "counts:1: column \"source\" holds 3, expected the name of an actor");
  EXPECT_EQ(with(3, texts({"", "many"}, {false, true})),
            "counts:2: column \"rhetoric\" holds \"many\", expected a number; leave the cell empty if it was not "
            "collected");
  EXPECT_EQ(
      with(3, Array{"b", 2, {std::nullopt, bitmap({true, false})}}),
      "counts:1: column \"rhetoric\" holds True, expected a number; leave the cell empty if it was not collected");
  EXPECT_EQ(with(3, numbers<std::int64_t>("tDs", {1, 2})),
            "counts:1: column \"rhetoric\" holds a duration, expected a number; leave the cell empty if it was not "
            "collected");
}

TEST(ArrowStream, ColumnsThatAreMissingTwiceOrUnknownAreNamed) {
  const Batch batch = batch_of(numbers<std::int64_t>("l", {1}));
  EXPECT_EQ(fault_of(batch, {"when", "source", "target", "rhetoric"}),
            "counts: expected a column \"date\"; found \"when\", \"source\", \"target\", \"rhetoric\"");
  EXPECT_EQ(fault_of(batch, {"date", "source", "source", "rhetoric"}),
            "counts: column \"source\" stands twice; keep one of them");
  Batch wider = batch;
  wider.push_back(Array{"+l", 1, {std::nullopt}});
  Stream stream({"date", "source", "target", "rhetoric", "colours"}, {wider});
  const CountTable table = read_count_table(stream.get(), "counts");
  ASSERT_EQ(table.warnings.size(), 1U);
  EXPECT_NE(table.warnings[0].find("ignored column \"colours\""), std::string::npos);
}

TEST(ArrowStream, PairsAreSplitAndTheDayOfAllRowsMayBeGiven) {
  Stream stream({"pair", "rhetoric"},
                {{texts({"IND-PAK", "PAK-IND", "IND-PAK"}), numbers<std::int64_t>("l", {1, 2, 3})}});
  const CountTable table = read_count_table(stream.get(), "counts", {.day = Day{first_of_may}});
  EXPECT_FALSE(table.is_directed);
  EXPECT_EQ(table.actors, (std::vector<std::string>{"IND", "PAK"}));
  EXPECT_EQ(table.dates, std::vector<Day>(3, Day{first_of_may}));
  EXPECT_EQ(fault_of({dates(1), texts({"INDPAK"}), numbers<std::int64_t>("l", {1})}, {"date", "pair", "rhetoric"})
                .substr(0, 39),
            "counts:1: column \"pair\" holds \"INDPAK\":");
}

TEST(ArrowStream, EventsAreReadAndCodesThatAreNumbersRefused) {
  const std::vector<std::string> columns{"date", "source", "target", "code", "comment"};
  const Batch batch{dates(3), repeated("IND", 3), repeated("PAK", 3), texts({"010", "190", "010"}), repeated("x", 3)};
  Stream stream(columns, {batch});
  const EventTable events = read_event_table(stream.get(), "events");
  EXPECT_EQ(stream.held.all(), 0);
  EXPECT_EQ(events.code_names, (std::vector<std::string>{"010", "190"}));
  EXPECT_EQ(events.codes, (std::vector<std::uint32_t>{0, 1, 0}));
  Batch coded_as_numbers = batch;
  coded_as_numbers[3] = numbers<std::int64_t>("l", {10, 190, 10});
  Stream wrong(columns, {coded_as_numbers});
  EXPECT_THROW(static_cast<void>(read_event_table(wrong.get(), "events")), ParseError);
  EXPECT_EQ(wrong.held.all(), 0);
}

}  // namespace
}  // namespace tocsin
