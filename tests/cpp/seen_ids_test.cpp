#include "seen_ids.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <string>

namespace tocsin {
namespace {

EventRow row_of(std::uint64_t id, std::string_view text, Day day = {}) {
  EventRow row;
  row.id = text;
  row.id_number = id;
  row.date = day;
  return row;
}

std::set<std::uint64_t> sorted(const RepeatedIds& ids) { return {ids.begin(), ids.end()}; }

TEST(SeenIds, AreThoseOfANaiveMapHoweverTheyAreSplit) {
  std::mt19937_64 random(11);
  for (const std::uint64_t range : {50ULL, 100'000ULL, ~0ULL}) {
    std::vector<std::uint64_t> ids;
    for (int i = 0; i < 2000; ++i) ids.push_back(random() % range);
    for (int i = 0; i < 100; ++i) ids.push_back(ids[random() % ids.size()]);
    ids.insert(ids.end(), {0, ~0ULL, ~0ULL, 4095, 4096, 4095});
    std::map<std::uint64_t, int> times;
    for (const std::uint64_t id : ids) ++times[id];
    std::set<std::uint64_t> wanted;
    for (const auto& [id, n] : times) {
      if (n > 1) wanted.insert(id);
    }
    for (const std::size_t parts : {1U, 2U, 5U}) {
      std::vector<SeenIds> seen;
      for (std::size_t i = 0; i < parts; ++i) seen.emplace_back(Identity::number);
      for (const std::uint64_t id : ids) seen[random() % parts].add(row_of(id, "x"));
      for (std::size_t i = 1; i < parts; ++i) seen[0].add_all(seen[i]);
      EXPECT_EQ(sorted(seen[0].repeated()), wanted) << range << " " << parts;
    }
  }
}

TEST(SeenIds, ReadOnAfterTakingOverOthers) {
  SeenIds own(Identity::number);
  SeenIds other(Identity::number);
  own.add(row_of(5, "x"));
  other.add(row_of(7, "x"));
  other.add(row_of(9000, "x"));
  own.add_all(other);
  own.add(row_of(7, "x"));
  own.add(row_of(9000, "x"));
  own.add(row_of(6, "x"));
  EXPECT_EQ(sorted(own.repeated()), (std::set<std::uint64_t>{7, 9000}));
}

TEST(SeenIds, OfOneNumberOnTwoDaysAreTwoEvents) {
  SeenIds seen(Identity::number_and_date);
  const EventRow first = row_of(7, "7", Day{17'000});
  seen.add(first);
  seen.add(row_of(7, "7", Day{17'001}));
  EXPECT_TRUE(seen.repeated().empty());
  seen.add(first);
  EXPECT_EQ(sorted(seen.repeated()), std::set{SeenIds::key_of(first, Identity::number_and_date)});
}

TEST(SeenIds, TextsAndRowsWithoutOne) {
  SeenIds seen(Identity::text);
  for (const char* id : {"IND1", "IND2", "IND11", "", "", "IND1"}) seen.add(row_of(0, id));
  EXPECT_EQ(sorted(seen.repeated()), std::set{SeenIds::key_of(row_of(0, "IND1"), Identity::text)});
  SeenIds none(Identity::none);
  none.add(row_of(1, "a"));
  none.add(row_of(1, "a"));
  EXPECT_TRUE(none.repeated().empty());
}

}  // namespace
}  // namespace tocsin
