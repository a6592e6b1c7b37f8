#include "separators.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace tocsin {
namespace {

Separators naive(const std::string& text, char delimiter) {
  Separators found;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != delimiter && text[i] != '\n') continue;
    if (text[i] == '\n') found.lines.push_back(static_cast<std::uint32_t>(found.ends.size()));
    found.ends.push_back(static_cast<std::uint32_t>(i));
  }
  found.count = found.ends.size();
  found.line_count = found.lines.size();
  return found;
}

std::vector<std::uint32_t> beginning(const std::vector<std::uint32_t>& places, std::size_t count) {
  return {places.begin(), places.begin() + static_cast<std::ptrdiff_t>(count)};
}

void expect_same(const std::string& text, char delimiter, Separators& found) {
  const Separators wanted = naive(text, delimiter);
  for (const Instructions instructions : {Instructions::common, Instructions::avx2, Instructions::avx512}) {
    if (instructions > best_instructions()) continue;
    find_separators(text.data(), text.size(), delimiter, found, instructions);
    EXPECT_EQ(beginning(found.ends, found.count), wanted.ends);
    EXPECT_EQ(beginning(found.lines, found.line_count), wanted.lines);
  }
}

TEST(Separators, EqualTheNaiveOnesForTextsOfEveryLength) {
  std::mt19937 random(7);
  const std::string letters("a\t\n,\0\xFF\x8A\x89\r\"", 10);  // bytes that differ from a separator by one bit too
  Separators found;  // one for all: what is left of a longer text must not show
  for (std::size_t size = 0; size < 300; ++size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += letters[random() % letters.size()];
    expect_same(text, '\t', found);
    expect_same(text, ',', found);
  }
}

TEST(Separators, NothingButSeparators) {
  Separators found;
  for (const std::size_t size : {1, 63, 64, 65, 128, 129}) {
    expect_same(std::string(size, '\n'), '\t', found);
    expect_same(std::string(size, '\t'), '\t', found);
    expect_same(std::string(size, 'x'), '\t', found);
  }
}

}  // namespace
}  // namespace tocsin
