#include "delimited_reader.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "tocsin/error.hpp"

namespace tocsin {
namespace {

using Record = std::vector<std::string>;

std::vector<Record> records_of(const std::string& text) {
  std::istringstream stream(text);
  DelimitedReader reader(stream, "t.csv");
  std::vector<Record> records;
  while (reader.next()) records.push_back(reader.fields());
  return records;
}

std::string fault_of(const std::string& text) {
  try {
    records_of(text);
  } catch (const ParseError& error) {
    return error.what();
  }
  return "no fault";
}

TEST(DelimitedReader, ReadsFieldsAndKeepsEmptyOnes) {
  EXPECT_EQ(records_of("a,b,c\n1,,3\n,,\n"), (std::vector<Record>{{"a", "b", "c"}, {"1", "", "3"}, {"", "", ""}}));
}

TEST(DelimitedReader, TheMarkThatStandsMostOftenInTheHeaderSeparates) {
  EXPECT_EQ(records_of("a\tb,c\td\n1,5\t2\t3\n"), (std::vector<Record>{{"a", "b,c", "d"}, {"1,5", "2", "3"}}));
  EXPECT_EQ(records_of("a;b\n1;2\n"), (std::vector<Record>{{"a", "b"}, {"1", "2"}}));
}

TEST(DelimitedReader, SkipsAByteOrderMark) {
  EXPECT_EQ(records_of("\xEF\xBB\xBF"
                       "a,b\n1,2\n"),
            (std::vector<Record>{{"a", "b"}, {"1", "2"}}));
}

TEST(DelimitedReader, ReadsCrlfLikeLf) { EXPECT_EQ(records_of("a,b\r\n1,2\r\n"), records_of("a,b\n1,2\n")); }

TEST(DelimitedReader, TheLastLineNeedsNoLineEnd) {
  EXPECT_EQ(records_of("a,b\n1,2"), records_of("a,b\n1,2\n"));
  EXPECT_EQ(records_of("a,b\n1,"), (std::vector<Record>{{"a", "b"}, {"1", ""}}));
}

TEST(DelimitedReader, PassesOverBlankLines) {
  EXPECT_EQ(records_of("\n\na,b\n\r\n\n1,2\n\n"), (std::vector<Record>{{"a", "b"}, {"1", "2"}}));
}

TEST(DelimitedReader, BlankLinesBeforeTheHeaderDoNotHideTheSeparator) {
  EXPECT_EQ(records_of("\r\n\na\tb\n1\t2\n"), (std::vector<Record>{{"a", "b"}, {"1", "2"}}));
}

TEST(DelimitedReader, AMillionBlankLinesAreNoRecord) {
  EXPECT_EQ(records_of("a,b\n" + std::string(3000000, '\n') + "1,2\n"), (std::vector<Record>{{"a", "b"}, {"1", "2"}}));
}

TEST(DelimitedReader, AnEmptyTextHasNoRecord) {
  EXPECT_TRUE(records_of("").empty());
  EXPECT_TRUE(records_of("\xEF\xBB\xBF").empty());
  EXPECT_TRUE(records_of("\n\r\n").empty());
}

TEST(DelimitedReader, QuotedFieldsMayHoldSeparatorsQuotesAndLineEnds) {
  EXPECT_EQ(records_of("a,b\n\"x,y\",\"say \"\"no\"\"\"\n\"two\nlines\",\n"),
            (std::vector<Record>{{"a", "b"}, {"x,y", "say \"no\""}, {"two\nlines", ""}}));
}

TEST(DelimitedReader, KnowsTheLineOnWhichARecordBegins) {
  std::istringstream stream("a,b\n\n\"two\nlines\",1\nlast,2\n");
  DelimitedReader reader(stream, "t.csv");
  std::vector<std::int64_t> lines;
  while (reader.next()) lines.push_back(reader.line());
  EXPECT_EQ(lines, (std::vector<std::int64_t>{1, 3, 5}));
}

TEST(DelimitedReader, RefusesAQuoteThatIsNeverClosed) {
  EXPECT_EQ(fault_of("a,b\n1,\"2\n3,4\n"),
            "t.csv:2:2: a quote is opened and not closed before the end of the text; close it or remove it");
}

TEST(DelimitedReader, RefusesTextAfterAClosingQuote) {
  EXPECT_EQ(fault_of("a,b\n\"1\"x,2\n"),
            "t.csv:2:1: text follows a closing quote; double the quotes inside a quoted field");
}

TEST(DelimitedReader, RefusesANulByteAndNamesItsLine) {
  EXPECT_EQ(fault_of(std::string("a,b\n1,\0\n", 8)), "t.csv:2: holds a NUL byte; this is not a text file");
}

TEST(DelimitedReader, RefusesALineOfTwoMegabytes) {
  EXPECT_EQ(fault_of("a,b\n1," + std::string(2 << 20, '7') + "\n"),
            "t.csv:2: the line is longer than 1 MiB; expected one short row a line");
}

TEST(DelimitedReader, RefusesAQuotedFieldThatSwallowsTwoMegabytes) {
  EXPECT_EQ(fault_of("a,b\n1,\"" + std::string(2 << 20, '\n')),
            "t.csv:2: the line is longer than 1 MiB; expected one short row a line");
}

TEST(DelimitedReader, ReadsRecordsThatCrossItsBuffer) {
  // The buffer holds 64 KiB: fields of 50,000 letters make every second record cross its end.
  const std::string wide(50000, 'w');
  const std::string text = "a,b\n" + wide + ",1\n" + wide + ",\"2\"\"\"\n" + wide + ",3\r\n";
  EXPECT_EQ(records_of(text), (std::vector<Record>{{"a", "b"}, {wide, "1"}, {wide, "2\""}, {wide, "3"}}));
}

}  // namespace
}  // namespace tocsin
