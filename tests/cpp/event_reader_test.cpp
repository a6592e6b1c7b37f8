#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "tocsin/error.hpp"
#include "tocsin/event_reader.hpp"

namespace tocsin {
namespace {

const std::string example = std::string{TOCSIN_EXAMPLE_DIR} + "/kashmir-2025.csv";

std::string fault_of(const std::string& text) {
  std::istringstream stream(text);
  try {
    static_cast<void>(read_events(stream, "events.csv"));
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(ReadEvents, TheExampleAsItStands) {
  const EventTable events = read_events({example}).events;
  ASSERT_EQ(events.size(), 47U);
  // By day and then by name, whatever the order of rows.
  EXPECT_EQ(to_string(events.dates[0]), "2025-04-16");
  EXPECT_EQ(events.actors[events.sources[0]], "PAKMIL");
  EXPECT_EQ(events.actors[events.targets[0]], "IND");
  EXPECT_EQ(events.code(0), "120");
  EXPECT_NE(std::find(events.code_names.begin(), events.code_names.end(), "020"), events.code_names.end());  // a text
  EXPECT_TRUE(events.warnings.empty());
}

TEST(ReadEvents, TakesColumnsByNameInAnyOrderAndTabs) {
  std::istringstream stream("code\turl\ttarget\t date \tsource\r\n 045 \thttp\tIND\t2025-04-16\t USA\r\n");
  const EventTable events = read_events(stream).events;
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events.code(0), "045");
  EXPECT_EQ(events.actors[events.sources[0]], "USA");
  EXPECT_EQ(events.actors[events.targets[0]], "IND");
}

TEST(ReadEvents, SaysWhereARowCannotBeRead) {
  const std::string header = "date,source,target,code\n2025-04-16,IND,PAK,112\n";
  const std::string tail =
      "; 1 of 2 rows cannot be read, more than the 5 % allowed; is the source right? If it is, mend the file or raise "
      "max_rejected_share";
  EXPECT_EQ(fault_of(header + "2025-02-30,IND,PAK,112\n"),
            "events.csv:3:1: column \"date\" holds \"2025-02-30\", expected a day as YYYY-MM-DD" + tail);
  EXPECT_EQ(fault_of(header + "1025-02-28,IND,PAK,112\n"),
            "events.csv:3:1: the date 1025-02-28 is out of range, expected a day from 1800-01-01 to 2199-12-31" + tail);
  EXPECT_EQ(fault_of(header + "2025-04-16,,PAK,112\n"),
            "events.csv:3:2: column \"source\" is empty, expected an actor" + tail);
  EXPECT_EQ(fault_of(header + "2025-04-16,IND, ,112\n"),
            "events.csv:3:3: column \"target\" is empty, expected an actor" + tail);
  EXPECT_EQ(fault_of(header + "2025-04-16,IND,PAK,\n"),
            "events.csv:3:4: column \"code\" is empty, expected an event code" + tail);
  EXPECT_EQ(
      fault_of(header + "2025-04-16,IND,PAK\n"),
      "events.csv:3: expected 4 fields as in the header, found 3; is the line cut off, or a separator missing?" + tail);
}

TEST(ReadEvents, SaysWhatTheHeaderLacks) {
  EXPECT_EQ(fault_of("date,source,target,event\n"),
            "events.csv: expected the columns \"date\", \"source\", \"target\" and \"code\", or a kind of event file "
            "that is known (source= names them); found \"date\", \"source\", \"target\", \"event\"");
  EXPECT_EQ(fault_of("date,source,code,target,code\n"), "events.csv: column \"code\" stands twice; keep one of them");
  EXPECT_EQ(fault_of(""), "events.csv: the file is empty; expected a table of events");
  EXPECT_EQ(fault_of("date,source,target,code\n"),
            "events.csv: there is a header but no row; expected at least one event");
}

TEST(ReadEvents, RefusesAPathThatCannotBeOpened) {
  EXPECT_THROW(static_cast<void>(read_events({"/nowhere/events.csv"})), InputError);
}

}  // namespace
}  // namespace tocsin
