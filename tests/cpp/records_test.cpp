#include "records.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace tocsin {
namespace {

class Memory : public ByteStream {
 public:
  explicit Memory(std::string_view text) : text_(text) {}
  std::size_t read(char* buffer, std::size_t size) override {
    const std::size_t taken = text_.copy(buffer, size, place_);
    place_ += taken;
    return taken;
  }
  [[nodiscard]] std::uint64_t packed_bytes_read() const override { return place_; }

 private:
  std::string_view text_;
  std::size_t place_ = 0;
};

using Lines = std::vector<std::string>;

// "3: a|b|c" for a record of line 3, "3: too long (1)" for a fault.
template <class Records>
Lines all_of(Records& records) {
  Lines found;
  Record record;
  for (Found each = records.next(record); each != Found::end; each = records.next(record)) {
    if (each == Found::fault) {
      found.push_back(std::to_string(records.fault().line) + ": " + std::string{name_of(records.fault().reason)} +
                      " (" + std::to_string(records.fault().lines) + ")");
      continue;
    }
    std::string text = std::to_string(record.line) + ": ";
    for (std::size_t i = 0; i < record.count; ++i) text += (i > 0 ? "|" : "") + std::string{record[i]};
    found.push_back(text);
  }
  return found;
}

Lines lines_of(std::string_view text, Stretch stretch = {}) {
  Memory memory(text);
  LineRecords records(memory, '\t', stretch);
  return all_of(records);
}

Lines quoted_lines(const std::string& text, char delimiter = ',') {
  Memory memory(text);
  QuotedRecords records(memory, delimiter);
  return all_of(records);
}

TEST(LineRecords, SplitsLinesAndPassesOverBlankOnes) {
  EXPECT_EQ(lines_of("a\tb\n\n\r\nc\t\td\r\n\t\n\"e\t\"\n f"),
            (Lines{"1: a|b", "4: c||d\r", "5: |", "6: \"e|\"", "7:  f"}));
  EXPECT_EQ(lines_of(""), Lines{});
  EXPECT_EQ(lines_of("\n\n"), Lines{});
}

TEST(LineRecords, TwoStretchesCutAnywhereGiveWhatTheWholeGives) {
  const std::string text = "a\tb\n\nccc\td\r\n\n\ne\n\tf\nlast\tline";
  Lines wanted = lines_of(text);
  for (std::string& line : wanted) line = line.substr(line.find(' '));
  const auto total = std::count(text.begin(), text.end(), '\n') + 1;
  for (std::size_t cut = 1; cut <= text.size(); ++cut) {
    Memory front(text);
    LineRecords first(front, '\t', {false, cut});
    Lines found = all_of(first);
    // As a unit does it: from the byte before the cut.
    Memory back(std::string_view(text).substr(cut - 1));
    LineRecords second(back, '\t', {true, text.size() - cut + 1});
    const Lines rest = all_of(second);
    EXPECT_EQ(first.lines() + second.lines(), total) << cut;
    found.insert(found.end(), rest.begin(), rest.end());
    for (std::string& line : found) line = line.substr(line.find(' '));
    EXPECT_EQ(found, wanted) << cut;
  }
}

TEST(LineRecords, LinesOfEveryLengthAroundABlock) {
  std::mt19937 random(3);
  std::string text;
  Lines wanted;
  for (int i = 0; i < 5000; ++i) {
    const std::string field(random() % 700, 'x');
    text += field + "\ty\n";
    wanted.push_back(std::to_string(i + 1) + ": " + field + "|y");
  }
  ASSERT_GT(text.size(), std::size_t{1} << 20);
  EXPECT_EQ(lines_of(text), wanted);
  for (const std::size_t length : {(1U << 18U) - 1, 1U << 18U, (1U << 18U) + 1, (1U << 20U) - 3}) {
    EXPECT_EQ(lines_of("a\tb\n" + std::string(length, 'x') + "\nc"),
              (Lines{"1: a|b", "2: " + std::string(length, 'x'), "3: c"}))
        << length;
  }
}

TEST(LineRecords, ALongLineIsOneFaultAndTheNextIsRead) {
  const std::string longest(10U << 20U, 'x');
  EXPECT_EQ(lines_of("a\tb\n" + longest + "\tz\nc\td\n"), (Lines{"1: a|b", "2: too long (1)", "3: c|d"}));
  EXPECT_EQ(lines_of(longest + "\nc"), (Lines{"1: too long (1)", "2: c"}));
  EXPECT_EQ(lines_of("a\n" + longest), (Lines{"1: a", "2: too long (1)"}));
  EXPECT_EQ(lines_of(longest + "\n" + longest + "\nc"), (Lines{"1: too long (1)", "2: too long (1)", "3: c"}));
}

TEST(LineRecords, AStretchInsideALongLineHasNoLine) {
  const std::string text = std::string(3U << 20U, 'x') + "\nc";
  EXPECT_EQ(lines_of(text, {true, 1U << 20U}), Lines{});
  EXPECT_EQ(lines_of(text, {true, text.size()}), Lines{"1: c"});
}

TEST(QuotedRecords, TakesQuotesAwayAndKeepsWhatStandsInThem) {
  EXPECT_EQ(quoted_lines("a,\"b,c\",\"d \"\"e\"\"\"\n\n\"f\ng\",\"\",h\r\ni"),
            (Lines{"1: a|b,c|d \"e\"", "3: f\ng||h", "5: i"}));
  EXPECT_EQ(quoted_lines("\"a\"b,c\"d\"\n"), Lines{"1: ab|c\"d\""});
  EXPECT_EQ(quoted_lines("a;\"b;c\"\n", ';'), Lines{"1: a|b;c"});
  EXPECT_EQ(quoted_lines("a,\"b\"\r\n\"c\",d\r\n"), (Lines{"1: a|b", "2: c|d"}));
  EXPECT_EQ(quoted_lines("a,\n,\n"), (Lines{"1: a|", "2: |"}));
  EXPECT_EQ(quoted_lines("\r\n\r\na\r\n"), Lines{"3: a"});
}

TEST(QuotedRecords, AQuoteThatIsNotClosedGivesUpTheRest) {
  EXPECT_EQ(quoted_lines("a,b\nc,\"d\ne,f\ng,h\n"), (Lines{"1: a|b", "2: quote not closed (3)"}));
}

TEST(QuotedRecords, QuotedFieldsAcrossEveryBlock) {
  std::mt19937 random(5);
  std::string text;
  Lines wanted;
  for (int line = 1; text.size() < 1'000'000;) {
    std::string field(random() % 900, 'y');
    field += "\"\n,";
    text += "\"" + std::string(field).insert(field.size() - 3, "\"") + "\",x\n";
    wanted.push_back(std::to_string(line) + ": " + field + "|x");
    line += 2;
  }
  EXPECT_EQ(quoted_lines(text), wanted);
}

TEST(QuotedRecords, ALongFieldIsOneFaultAndTheNextLineIsRead) {
  const std::string longest(10U << 20U, 'x');
  EXPECT_EQ(quoted_lines("a,b\n\"" + longest + "\",z\nc,d\n"), (Lines{"1: a|b", "2: too long (1)", "3: c|d"}));
  EXPECT_EQ(quoted_lines("a,b\n" + longest + ",z\nc,d\n"), (Lines{"1: a|b", "2: too long (1)", "3: c|d"}));
  EXPECT_EQ(quoted_lines("a,b\n\"" + longest), (Lines{"1: a|b", "2: too long (1)"}));
}

// Which line the quote closes in nobody knows.
TEST(QuotedRecords, ALostQuoteCostsTheLinesOfAMebibyteAtMost) {
  std::string text = "a,b\nc,\"d\n";
  std::int64_t lines = 2;
  for (; text.size() < (4U << 20U); ++lines) text += "line " + std::to_string(lines) + ",x\n";
  Memory memory(text);
  QuotedRecords records(memory, ',');
  const Lines found = all_of(records);
  EXPECT_EQ(records.lines(), lines);
  std::int64_t given_up = 0;
  std::int64_t faults = 0;
  for (const std::string& each : found) {
    if (each.find("too long") == std::string::npos) continue;
    ++faults;
    given_up += std::stoll(each.substr(each.find('(') + 1));
  }
  EXPECT_EQ(faults, 1);
  EXPECT_EQ(static_cast<std::int64_t>(found.size()) - faults + given_up, lines);
}

}  // namespace
}  // namespace tocsin
