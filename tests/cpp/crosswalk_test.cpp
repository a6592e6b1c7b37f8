#include "crosswalk.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tocsin/event.hpp"

namespace tocsin {
namespace {

TEST(Crosswalk, KnowsIsoCountriesAndTheCodesThatCameoHasInstead) {
  for (const char* code : {"IND", "PAK", "USA", "KWT", "SAU", "ABW", "ZWE", "SSD", "ROU", "MNE"}) {
    EXPECT_TRUE(is_country(code)) << code;
  }
  for (const char* code : {"ROM", "TMP", "MTN", "IMY", "ANT", "WSB", "GZS", "YUG", "SUN", "XKX"}) {
    EXPECT_TRUE(is_country(code)) << code;
  }
}

TEST(Crosswalk, RegionsOrganisationsAndRolesAreNotCountries) {
  for (const char* code : {"AFR", "EUR", "WST", "SAS", "SAF", "MEA", "BLK", "WLD", "IGO", "NGO", "UAF", "GOV", "MIL",
                           "REB", "COP", "BAG"}) {
    EXPECT_FALSE(is_country(code)) << code;
  }
}

TEST(Crosswalk, AsksForExactlyThreeCapitals) {
  for (const char* code : {"", "I", "IN", "INDI", "ind", "In ", "IND "}) EXPECT_FALSE(is_country(code)) << code;
}

TEST(RolledUp, GivesTheCountryOfAnActorWithARole) {
  EXPECT_EQ(rolled_up("INDGOV"), "IND");
  EXPECT_EQ(rolled_up("PAKMIL"), "PAK");
  EXPECT_EQ(rolled_up("PAKGOVMIL"), "PAK");
  EXPECT_EQ(rolled_up("KWT"), "KWT");
}

TEST(RolledUp, KeepsWhatIsNoCountry) {
  for (const std::string actor : {"IGOUNO", "UAF", "WLD", "NGOHRI", "EURGOV", "IN", "", "india"})
    EXPECT_EQ(rolled_up(actor), actor);
}

TEST(RolledUp, IsIdempotent) {
  for (const char* actor : {"INDGOV", "IGOUNO", "ROMGOV", "BAGCVL"})
    EXPECT_EQ(rolled_up(rolled_up(actor)), rolled_up(actor));
}

}  // namespace
}  // namespace tocsin
