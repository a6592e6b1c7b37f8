#include "text.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

namespace tocsin {
namespace {

TEST(Concat, JoinsTextsAndNumbersOfAnyKind) {
  EXPECT_EQ(concat("line ", 17, ":", std::int64_t{-3}, " of ", std::string{"counts"}, std::string_view{".csv"}),
            "line 17:-3 of counts.csv");
}

TEST(Joined, PutsTheSeparatorBetweenPartsOnly) {
  EXPECT_EQ(joined({}), "");
  EXPECT_EQ(joined({"a"}), "a");
  EXPECT_EQ(joined({"a", "b", "c"}), "a, b, c");
  EXPECT_EQ(joined({"a", "b"}, " > "), "a > b");
}

TEST(InQuotes, ShowsControlCharactersAsQuestionMarks) {
  EXPECT_EQ(in_quotes(std::string_view("a\0b\tc\x7f"
                                       "d\n",
                                       8)),
            "\"a?b?c?d?\"");
}

TEST(InQuotes, KeepsLettersBeyondAscii) { EXPECT_EQ(in_quotes("Côte d'Ivoire"), "\"Côte d'Ivoire\""); }

TEST(InQuotes, CutsALongTextAndSaysSo) {
  EXPECT_EQ(in_quotes(std::string(60, 'x')), "\"" + std::string(60, 'x') + "\"");
  EXPECT_EQ(in_quotes(std::string(61, 'x')), "\"" + std::string(60, 'x') + "...\"");
  EXPECT_LT(in_quotes(std::string(1000000, 'x')).size(), 100U);
}

TEST(InQuotes, NeverCutsALetterInHalf) {
  // The 60th byte is the first of the two bytes of "é", which is kept whole.
  EXPECT_EQ(in_quotes(std::string(59, 'x') + "é tail"), "\"" + std::string(59, 'x') + "é...\"");
}

TEST(InQuotes, ShowsBytesThatAreNotUtf8AsQuestionMarks) {
  EXPECT_EQ(in_quotes("C\xF4te"), "\"C?te\"");
  EXPECT_EQ(in_quotes("\xC3"), "\"?\"");
  EXPECT_TRUE(is_utf8(in_quotes("\xE2\x82")));
}

TEST(IsUtf8, AcceptsLettersOfOneToFourBytes) { EXPECT_TRUE(is_utf8("a é € 😀")); }

TEST(IsUtf8, RefusesWhatRfc3629Refuses) {
  EXPECT_FALSE(is_utf8("\xF4te"));            // Latin-1
  EXPECT_FALSE(is_utf8("\x80"));              // a continuation byte alone
  EXPECT_FALSE(is_utf8("\xE2\x82"));          // cut off
  EXPECT_FALSE(is_utf8("\xC0\xAF"));          // '/' in two bytes
  EXPECT_FALSE(is_utf8("\xE0\x80\xAF"));      // and in three
  EXPECT_FALSE(is_utf8("\xF0\x80\x80\xAF"));  // and in four
  EXPECT_FALSE(is_utf8("\xED\xA0\x80"));      // half of a surrogate pair
  EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80"));  // beyond U+10FFFF
}

TEST(Shortest, ReadsBackToTheSameNumberWithoutIdleDigits) {
  EXPECT_EQ(shortest(2.5), "2.5");
  EXPECT_EQ(shortest(-1), "-1");
  EXPECT_EQ(shortest(0.1), "0.1");
  EXPECT_EQ(shortest(std::numeric_limits<double>::quiet_NaN()), "nan");
  EXPECT_EQ(shortest(std::numeric_limits<double>::infinity()), "inf");
}

TEST(NearestHint, ProposesTheNameWithOneLetterWrong) {
  EXPECT_EQ(nearest_hint("militray", {"rhetoric", "military", "mediation"}), " (nearest: military)");
}

TEST(NearestHint, PutsTheClosestFirstAndStopsAtThree) {
  // From "aaaa": "aaab" is 1 edit away, "aabb" 2; "aaac" 1; "aacc" 2. Limit: half of the length, 2.
  EXPECT_EQ(nearest_hint("aaaa", {"aabb", "aacc", "aaac", "aaab"}), " (nearest: aaab, aaac, aabb)");
}

TEST(NearestHint, SaysNothingWhereNothingIsClose) {
  EXPECT_EQ(nearest_hint("military", {"xyz", "date"}), "");
  EXPECT_EQ(nearest_hint("military", {}), "");
}

TEST(NearestHint, CountsInsertionsAndDeletionsAsOneEdit) {
  // "IND-PK" misses one letter, "IND-PAAK" has one too many.
  EXPECT_EQ(nearest_hint("IND-PK", {"IND-PAK", "CHN-USA"}), " (nearest: IND-PAK)");
  EXPECT_EQ(nearest_hint("IND-PAAK", {"IND-PAK", "CHN-USA"}), " (nearest: IND-PAK)");
}

TEST(NearestHint, Regression_ALongTextIsNotComparedLetterByLetter) {
  // Two letters more are within the limit of half the length, three are not.
  EXPECT_EQ(nearest_hint("aaaa", {"aaaaaaa", "aaaaaa", "a"}), " (nearest: aaaaaa)");
  // 2^24 letters against 1000 names of 10 would be more than 10^11 steps.
  EXPECT_EQ(nearest_hint(std::string(std::size_t{1} << 24, 'x'), std::vector<std::string>(1000, "0123456789")), "");
}

}  // namespace
}  // namespace tocsin
