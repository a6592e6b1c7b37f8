#include "tocsin/error.hpp"

#include <gtest/gtest.h>

namespace tocsin {
namespace {

TEST(ParseError, NamesSourceLineAndColumnInTheFormThatEditorsJumpTo) {
  const ParseError error("counts.csv", 17, 4, "is odd");
  EXPECT_STREQ(error.what(), "counts.csv:17:4: is odd");
  EXPECT_EQ(error.source(), "counts.csv");
  EXPECT_EQ(error.line(), 17);
  EXPECT_EQ(error.column(), 4);
}

TEST(ParseError, LeavesOutTheColumnWhenTheWholeLineIsMeant) {
  EXPECT_STREQ(ParseError("counts.csv", 17, 0, "is odd").what(), "counts.csv:17: is odd");
}

TEST(ParseError, LeavesOutTheLineWhenTheWholeFileIsMeant) {
  EXPECT_STREQ(ParseError("counts.csv", 0, 0, "is odd").what(), "counts.csv: is odd");
  // A column without a line would point nowhere.
  EXPECT_STREQ(ParseError("counts.csv", 0, 4, "is odd").what(), "counts.csv: is odd");
}

TEST(ConfigError, NamesThePointerOfTheValue) {
  const ConfigError error("/weights/spread", "is odd");
  EXPECT_STREQ(error.what(), "configuration /weights/spread: is odd");
  EXPECT_EQ(error.pointer(), "/weights/spread");
}

TEST(ConfigError, SaysDocumentWhereThePointerIsEmpty) {
  EXPECT_STREQ(ConfigError("", "is odd").what(), "configuration document: is odd");
}

TEST(Error, OneHandlerCatchesEveryErrorOfTheLibrary) {
  EXPECT_THROW(throw ParseError("a", 1, 1, "b"), InputError);
  EXPECT_THROW(throw InputError("a"), Error);
  EXPECT_THROW(throw ConfigError("/a", "b"), Error);
  EXPECT_THROW(throw CodebookError("a"), Error);
  EXPECT_THROW(throw StateError("a"), Error);
  EXPECT_THROW(throw Cancelled("a"), Error);
}

}  // namespace
}  // namespace tocsin
