#include <gtest/gtest.h>

#include "unpacked_parts.hpp"
#include "zip_archive.hpp"

// Every cut and every changed byte of small archives: an error or a result that is right, never a crash.

namespace tocsin {
namespace {

using unpacked_parts::Texts;
using unpacked_parts::texts_of;
using zip_archive::gzipped;
using zip_archive::zip_of;

const std::string csv = "date,source,target,rhetoric\n2025-04-22,IND,PAK,1\n2025-04-23,PAK,IND,2\n";

std::vector<std::string> small_zips() {
  return {zip_of({{.name = "one.csv", .text = csv}, {.name = "two.csv", .text = csv, .method = 0}}),
          zip_of({{.name = "one.csv", .text = csv, .has_descriptor = true}}, {.comment = "by hand"}),
          zip_of({{.name = "one.csv", .text = csv, .is_wide = true}}, {.is_wide = true}),
          zip_of({{.name = "one.csv", .text = csv}}, {.leading = "#!/bin/sh\n"}),
          zip_of({{.name = "in.zip", .text = zip_of({{.name = "u", .text = csv}}), .method = 0}})};
}

// What came out, where something did.
std::optional<Texts> result_of(const std::string& bytes) {
  try {
    return texts_of(bytes);
  } catch (const InputError&) {
    return std::nullopt;
  }
}

TEST(BrokenArchives, AZipCutOffAnywhereIsRefused) {
  for (const std::string& whole : small_zips()) {
    for (std::size_t kept = 4; kept < whole.size(); ++kept) {
      const std::string cut = whole.substr(0, kept);
      const std::optional<Texts> found = result_of(cut);
      // Behind a program, a zip without its end is not known as one: the bytes are given as they are.
      const bool is_as_it_is = !whole.starts_with("PK") && found == Texts{{"a.zip", cut}};
      EXPECT_TRUE(!found || is_as_it_is) << kept << " of " << whole.size() << " bytes";
    }
  }
}

TEST(BrokenArchives, AGzipCutOffAnywhereIsRefused) {
  const std::string whole = gzipped(csv);
  for (std::size_t kept = 2; kept < whole.size(); ++kept) {
    EXPECT_FALSE(result_of(whole.substr(0, kept))) << kept << " of " << whole.size() << " bytes";
  }
}

TEST(BrokenArchives, AChangedByteOfAZipNeverChangesAText) {
  for (const std::string& whole : small_zips()) {
    std::size_t refused = 0;
    std::string changed = whole;
    for (std::size_t place = 4; place < whole.size(); ++place) {
      for (const int change : {0x01, 0x02, 0x08, 0x40, 0x80, 0xff}) {
        changed[place] = static_cast<char>(whole[place] ^ change);
        const std::optional<Texts> found = result_of(changed);
        refused += found ? 0 : 1;
        if (!found || found == Texts{{"a.zip", changed}}) continue;
        for (const auto& text : *found) EXPECT_EQ(text.second, csv) << "byte " << place << " changed by " << change;
      }
      changed[place] = whole[place];
    }
    EXPECT_GT(refused, whole.size());
  }
}

TEST(BrokenArchives, AChangedByteOfAGzipNeverChangesAText) {
  const std::string whole = gzipped(csv);
  std::string changed = whole;
  for (std::size_t place = 2; place < whole.size(); ++place) {
    for (int change = 1; change < 256; ++change) {
      changed[place] = static_cast<char>(whole[place] ^ change);
      const std::optional<Texts> found = result_of(changed);
      EXPECT_EQ(found.value_or(Texts{{"", csv}}).at(0).second, csv) << "byte " << place << " changed by " << change;
    }
    changed[place] = whole[place];
  }
}

TEST(BrokenArchives, EveryNumberOfTheTablesIsCheckedAtItsExtremes) {
  for (const std::string& whole : small_zips()) {
    for (const std::size_t width : {std::size_t{2}, std::size_t{4}, std::size_t{8}}) {
      for (std::size_t place = 4; place + width <= whole.size(); ++place) {
        for (const char byte : {'\0', '\x7f', '\x80', '\xff'}) {
          std::string changed = whole;
          changed.replace(place, width, std::string(width, byte));
          const std::optional<Texts> found = result_of(changed);
          std::size_t given = 0;
          for (const auto& text : found.value_or(Texts{})) given += text.second.size();
          EXPECT_LE(given, 1100 * whole.size()) << "bytes from " << place;
        }
      }
    }
  }
}

}  // namespace
}  // namespace tocsin
