#include "crosswalk.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "crosswalk_table.hpp"
#include "tocsin/error.hpp"
#include "tocsin/event.hpp"

namespace tocsin {
namespace {

using enum CodeSystem;
constexpr CodeSystem name_system = CodeSystem::name;

Day day(std::string_view text) { return parse_day(text).value(); }

std::string id_of(CodeSystem system, std::string_view code, std::string_view date) {
  const Place* place = find_place(system, code, day(date));
  return place == nullptr ? "" : place->id;
}

std::string fault_of(CodeSystem system, std::string_view code, std::string_view date) {
  try {
    return "no fault: " + place_of(system, code, day(date)).id;
  } catch (const InputError& error) {
    return error.what();
  }
}

std::string written(std::string_view id, CodeSystem system, std::string_view date) {
  return code_of({std::string{id}, "", PlaceKind::state}, system, day(date)).value_or("none");
}

// Of all words of three capitals, to compare with a list of its own.
std::set<std::string> countries_of_the_table() {
  std::set<std::string> countries;
  std::string word(3, 'A');
  for (word[0] = 'A'; word[0] <= 'Z'; ++word[0]) {
    for (word[1] = 'A'; word[1] <= 'Z'; ++word[1]) {
      for (word[2] = 'A'; word[2] <= 'Z'; ++word[2]) {
        if (is_country(word)) countries.insert(word);
      }
    }
  }
  return countries;
}

TEST(Crosswalk, HasTheCountriesOfIsoAndOfCameoAndNoOther) {
  // ISO 3166-1 (2024); from the CAMEO manual ANT GZS IMY MTN ROM TMP WSB; former states; and XKX.
  std::istringstream list(
      "ABW AFG AGO AIA ALA ALB AND ANT ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS "
      "BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI "
      "CSK CUB CUW CXR CYM CYP CZE DDR DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM "
      "GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY GZS HKG HMD HND HRV HTI HUN IDN IMN "
      "IMY IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE "
      "LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTN MTQ MUS "
      "MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT "
      "PRY PSE PYF QAT REU ROM ROU RUS RWA SAU SCG SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUN "
      "SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TMP TON TTO TUN TUR TUV TWN TZA UGA UKR UMI "
      "URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSB WSM XKX YEM YMD YUG ZAF ZAR ZMB ZWE ");
  std::set<std::string> expected;
  for (std::string code; list >> code;) expected.insert(code);
  EXPECT_EQ(countries_of_the_table(), expected);
}

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

TEST(Crosswalk, AsksForTheSystemWhereLettersMeanTwoCountries) {
  EXPECT_EQ(id_of(iso2, "AU", "2025-05-01"), "AUS");
  EXPECT_EQ(id_of(fips, "AU", "2025-05-01"), "AUT");
  EXPECT_EQ(id_of(iso2, "CH", "2025-05-01"), "CHE");
  EXPECT_EQ(id_of(fips, "CH", "2025-05-01"), "CHN");
  EXPECT_EQ(id_of(cameo, "AUS", "1990-01-01"), "AUS");
  EXPECT_EQ(id_of(keds, "AUS", "1990-01-01"), "AUT");
  EXPECT_EQ(id_of(cow_letters, "SWZ", "1990-01-01"), "CHE");
  EXPECT_EQ(id_of(iso3, "SWZ", "1990-01-01"), "SWZ");
  EXPECT_EQ(id_of(cow_number, "970", "2010-01-01"), "NRU");
  EXPECT_EQ(id_of(gw_number, "970", "2010-01-01"), "KIR");
}

TEST(Crosswalk, GermanyChangesItsNumberInOneListAndKeepsItInTheOther) {
  EXPECT_EQ(written("DEU", cow_number, "1938-09-30"), "255");
  EXPECT_EQ(written("DEU", cow_number, "1950-01-01"), "none");
  EXPECT_EQ(written("DEU", cow_number, "1955-05-05"), "260");
  EXPECT_EQ(written("DEU", cow_number, "1990-10-02"), "260");
  EXPECT_EQ(written("DEU", cow_number, "1990-10-03"), "255");
  EXPECT_EQ(written("DEU", gw_number, "1938-09-30"), "255");
  EXPECT_EQ(written("DEU", gw_number, "1950-01-01"), "260");
  EXPECT_EQ(written("DEU", gw_number, "2025-05-01"), "260");
  EXPECT_EQ(id_of(cow_number, "260", "2025-05-01"), "");
  EXPECT_EQ(written("DEU", iso_numeric, "1990-10-02"), "280");
  EXPECT_EQ(written("DEU", iso_numeric, "1990-10-03"), "276");
}

TEST(Crosswalk, LettersOfTheTwoStateListsDiffer) {
  const auto both = [](std::string_view id) {
    return written(id, cow_letters, "2010-01-01") + " " + written(id, gw_letters, "2010-01-01");
  };
  EXPECT_EQ(both("FJI"), "FIJ FJI");
  EXPECT_EQ(both("DEU"), "GMY GFR");
  EXPECT_EQ(both("ROU"), "ROM RUM");
  EXPECT_EQ(both("SRB"), "YUG SER");
  EXPECT_EQ(both("YEM"), "YEM YEM");
  EXPECT_EQ(written("YEM", cow_letters, "1985-01-01"), "YAR");
  EXPECT_EQ(written("VNM", gw_letters, "1890-01-01") + written("VNM", gw_letters, "1960-01-01"), "VNMDRV");
}

TEST(Crosswalk, FollowsStatesThatSplitAndJoin) {
  EXPECT_EQ(id_of(cow_number, "365", "1991-12-25"), "SUN");
  EXPECT_EQ(id_of(cow_number, "365", "1991-12-26"), "RUS");
  EXPECT_EQ(id_of(cow_number, "345", "1985-01-01"), "YUG");
  EXPECT_EQ(id_of(cow_number, "345", "1999-03-24"), "SCG");
  EXPECT_EQ(id_of(cow_number, "345", "2010-01-01"), "SRB");
  EXPECT_EQ(id_of(gw_number, "345", "2010-01-01"), "");
  EXPECT_EQ(id_of(gw_number, "340", "2010-01-01"), "SRB");
  EXPECT_EQ(id_of(cow_number, "678", "1990-05-21") + id_of(cow_number, "680", "1990-05-21"), "YEMYMD");
  EXPECT_EQ(id_of(cow_number, "679", "1990-05-22") + id_of(gw_number, "678", "1990-05-22"), "YEMYEM");
  EXPECT_EQ(id_of(cow_number, "816", "1965-01-01") + id_of(cow_number, "817", "1965-01-01"), "VNMRVN");
  EXPECT_EQ(id_of(cow_letters, "CZE", "1992-12-31") + id_of(cow_letters, "CZR", "1993-01-01"), "CSKCZE");
  EXPECT_EQ(written("SDN", iso_numeric, "2011-07-08") + written("SDN", iso_numeric, "2011-07-09"), "736729");
  EXPECT_EQ(written("BGD", cow_number, "1971-12-15") + written("BGD", cow_number, "1971-12-16"), "none771");
  EXPECT_EQ(written("XKX", cow_number, "2008-02-17") + written("XKX", gw_number, "2008-02-17"), "none347");
  EXPECT_EQ(written("ERI", gw_number, "1993-05-23") + written("ERI", gw_number, "1993-05-24"), "none531");
}

TEST(Crosswalk, WritesTheIsoCodeOfTheDayAndReadsALaterOne) {
  EXPECT_EQ(written("COD", iso3, "1990-01-01") + written("COD", iso3, "2000-01-01"), "ZARCOD");
  EXPECT_EQ(id_of(iso3, "COD", "1990-01-01") + id_of(iso3, "ZAR", "1990-01-01"), "CODCOD");
  EXPECT_EQ(id_of(iso3, "ZAR", "2000-01-01"), "");
  EXPECT_EQ(id_of(iso2, "CS", "1990-01-01") + id_of(iso2, "CS", "2005-01-01"), "CSKSCG");
  EXPECT_EQ(id_of(iso3, "RUS", "1985-01-01"), "SUN");
  EXPECT_EQ(id_of(iso_numeric, "4", "1985-01-01") + id_of(iso_numeric, "004", "1985-01-01"), "AFGAFG");
}

TEST(Crosswalk, CameoAndKedsSpellPlacesInTheirOwnWay) {
  EXPECT_EQ(converted("UAR", keds, cameo, day("1979-04-15")), "EGY");
  EXPECT_EQ(converted("ROM", cameo, iso3, day("2010-01-01")), "ROU");
  EXPECT_EQ(converted("ROU", iso3, cameo, day("2010-01-01")), "ROM");
  EXPECT_EQ(id_of(cameo, "GZS", "2010-01-01") + id_of(fips, "WE", "2010-01-01"), "PSEPSE");
  EXPECT_EQ(written("PSE", fips, "2010-01-01"), "none");  // the West Bank or the Gaza Strip: not one of them
  EXPECT_EQ(place_of(cameo, "SAF", day("2010-01-01")).kind, PlaceKind::region);
  EXPECT_EQ(place_of(keds, "SAF", day("1990-01-01")).kind, PlaceKind::state);
  EXPECT_EQ(place_of(cameo, "IGOUNO", day("2010-01-01")).kind, PlaceKind::organisation);
}

TEST(Crosswalk, NamesAreReadInTheManyWaysOfWritingThem) {
  const auto all_are = [](const std::string& id, const std::vector<std::string>& names) {
    for (const std::string& name : names) EXPECT_EQ(id_of(name_system, name, "2018-01-01"), id) << name;
  };
  all_are("KOR", {"South Korea", "Korea, Republic of", "the Republic of KOREA", "KOREA (SOUTH)", "Korea,South"});
  all_are("CIV", {"Cote d'Ivoire", "Côte d’Ivoire", "Co\u0302te dIvoire", "ivory coast", "COTE D'IVOIRE"});
  all_are("RUS", {"Russian Federation", "russia", "Russia (Soviet Union)"});
  all_are("COD", {"Congo, Democratic Republic of (Zaire)", "DR Congo", "DR Congo (Zaire)", "Congo (Kinshasa)"});
  all_are("VIR", {"Virgin Islands, U.S.", "US Virgin Islands"});
  all_are("VCT", {"St. Vincent & the Grenadines"});
  all_are("GIN", {"Guinea"});
  EXPECT_EQ(id_of(name_system, "Russia", "1985-01-01"), "SUN");
  EXPECT_EQ(id_of(name_system, "Serbia", "1999-01-01"), "SCG");
}

TEST(Crosswalk, AnAmbiguousNameIsAnErrorThatProposes) {
  EXPECT_EQ(id_of(name_system, "Korea", "2018-01-01"), "");
  EXPECT_EQ(id_of(name_system, "Korea", "1900-01-01"), "korea");
  EXPECT_EQ(fault_of(name_system, "Korea", "2018-01-01"),
            "name \"Korea\" can be South Korea (KOR) or North Korea (PRK); write it in full, as in \"South Korea\"");
  for (const char* name : {"Congo", "Virgin Islands", "Saint Martin"}) {
    EXPECT_NE(fault_of(name_system, name, "2018-01-01").find(" or "), std::string::npos) << name;
  }
}

TEST(Crosswalk, AnUnknownCodeIsAnErrorThatSaysWhereItIsKnown) {
  EXPECT_EQ(fault_of(iso3, "SUN", "1995-01-01"),
            "iso3 \"SUN\" is Soviet Union (SUN) from 1922-12-30 to 1991-12-25; it stands for nothing on 1995-01-01");
  EXPECT_EQ(fault_of(iso3, "KUW", "1990-08-02"),
            "iso3 \"KUW\" stands for nothing on 1990-08-02; it is Kuwait (KWT) in cow_letters, gw_letters, keds: "
            "which system are the codes of?");
  EXPECT_NE(fault_of(iso3, "ind", "2025-05-01").find("codes are in capitals: \"IND\""), std::string::npos);
  EXPECT_NE(fault_of(name_system, "Pakstan", "2025-05-01").find("nearest: Pakistan"), std::string::npos);
}

TEST(Crosswalk, AConversionWithoutACodeSaysWhenThereIsOne) {
  try {
    static_cast<void>(converted("BHS", iso3, cow_number, day("1960-01-01")));
    FAIL() << "the Bahamas were no state then";
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(), "Bahamas (BHS) has no cow_number on 1960-01-01; it has \"31\" from 1973-07-10");
  }
}

TEST(Crosswalk, SystemsHaveNames) {
  for (const std::string& name : code_system_names()) EXPECT_EQ(name_of(code_system_of(name)), name);
  EXPECT_EQ(code_system_names().size(), code_system_count);
  EXPECT_THROW(static_cast<void>(code_system_of("iso")), InputError);
}

TEST(Crosswalk, ManyThreadsMayAskAtOnce) {
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] { right += id_of(cow_number, "750", "2025-05-01") == "IND" ? 1 : 0; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 4);
}

TEST(CrosswalkTable, RefusesWhatItCannotRead) {
  const std::string head =
      "id,kind,name,first,last,iso3,iso2,iso_numeric,fips,cow_number,cow_letters,gw_number,gw_letters,cameo,keds,"
      "other_names\n";
  const auto row = [](std::string_view start) { return std::string{start} + ",,,,,,,,,,,\n"; };
  EXPECT_NO_THROW(CrosswalkTable(head + row("IND,state,India,,")));
  EXPECT_THROW(CrosswalkTable("id,name\n"), InputError);
  EXPECT_THROW(CrosswalkTable(head + "IND,state,India\n"), InputError);
  EXPECT_THROW(CrosswalkTable(head + row("IND,country,India,,")), InputError);
  EXPECT_THROW(CrosswalkTable(head + row("IND,state,India,1947,")), InputError);
  EXPECT_THROW(CrosswalkTable(head + row("IND,state,India,1947-08-15,1947-08-14")), InputError);
  EXPECT_THROW(CrosswalkTable(head + row("IND,state,India,,") + row("IND,state,Bharat,,")), InputError);
}

TEST(RolledUp, OfASystemTakesItsCountries) {
  EXPECT_EQ(rolled_up("UARGOV", keds), "UAR");
  EXPECT_EQ(rolled_up("UARGOV", cameo), "UARGOV");
  EXPECT_EQ(rolled_up("SAFGOV", keds), "SAF");
  EXPECT_EQ(rolled_up("SAFGOV", cameo), "SAFGOV");
  EXPECT_EQ(rolled_up("PALPLO", keds), "PALPLO");
  for (const CodeSystem system : {iso3, cow_letters, gw_letters, name_system}) {
    EXPECT_EQ(rolled_up("INDGOV", system), "INDGOV");
  }
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
