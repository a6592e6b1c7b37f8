#include "name_numbers.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace tocsin {
namespace {

TEST(NameNumbers, CountInOrderOfAppearanceHoweverLongTheNamesAreAndHoweverManyShareAPlace) {
  std::mt19937 random(3);
  std::vector<std::string> names;
  NameNumbers numbers(names);
  std::map<std::string, std::uint32_t> wanted;
  for (int i = 0; i < 20000; ++i) {
    std::string name;
    for (std::size_t size = random() % 12; name.size() < size;) name += "ab0 "[random() % 4];
    const auto number = wanted.emplace(name, static_cast<std::uint32_t>(wanted.size())).first->second;
    ASSERT_EQ(numbers.of(name), number) << '"' << name << '"';
    ASSERT_EQ(names[number], name);
  }
  EXPECT_EQ(names.size(), wanted.size());
}

}  // namespace
}  // namespace tocsin
