#include "input_part.hpp"

#include <gtest/gtest.h>

#include "unpacked_parts.hpp"
#include "zip_archive.hpp"

namespace tocsin {
namespace {

using unpacked_parts::expect_fault;
using unpacked_parts::fault_of;
using unpacked_parts::Texts;
using unpacked_parts::texts_of;
using zip_archive::deflated;
using zip_archive::Entry;
using zip_archive::gzipped;
using zip_archive::zip_of;

const std::vector<Entry> two_texts{{.name = "one.csv", .text = "a,b\n1,2\n"},
                                   {.name = "two.csv", .text = "c,d\n3,4\n", .method = 0}};
const Texts two_found{{"a.zip/one.csv", "a,b\n1,2\n"}, {"a.zip/two.csv", "c,d\n3,4\n"}};

std::vector<InputPart> parts(const std::string& bytes) { return parts_of(in_memory(bytes), "a.zip"); }

TEST(InputPart, IsRecognisedByContent) {
  EXPECT_EQ(parts("a,b\n")[0].packing, Packing::plain);
  EXPECT_EQ(parts("")[0].packing, Packing::plain);
  EXPECT_EQ(parts("PK is a country\n")[0].packing, Packing::plain);
  EXPECT_EQ(parts("\x1f")[0].packing, Packing::plain);
  EXPECT_EQ(parts(gzipped("a,b\n"))[0].packing, Packing::gzip);
  EXPECT_EQ(parts(zip_of(two_texts))[0].packing, Packing::zip_entry);
}

TEST(InputPart, KnowsItsSizes) {
  const std::string gzip = gzipped("a,b\n");
  EXPECT_EQ(parts("a,b\n")[0].size, 4U);
  EXPECT_EQ(parts("a,b\n")[0].packed_size, 4U);
  EXPECT_EQ(parts(gzip)[0].size, 0U);
  EXPECT_EQ(parts(gzip)[0].packed_size, gzip.size());
  const InputPart entry = parts(zip_of(two_texts))[0];
  EXPECT_EQ(entry.size, 8U);
  EXPECT_EQ(entry.packed_size, deflated("a,b\n1,2\n").size());
  EXPECT_EQ(entry.method, 8U);
}

TEST(InputPart, GivesTheEntriesInTheOrderOfTheArchive) {
  EXPECT_EQ(texts_of(zip_of(two_texts)), two_found);
  EXPECT_EQ(texts_of(zip_of({two_texts[1], two_texts[0]})), (Texts{two_found[1], two_found[0]}));
}

TEST(InputPart, LeavesOutFoldersAndWhatArchiversAdd) {
  const std::vector<Entry> entries{{.name = "year/", .text = ""},
                                   {.name = "year/one.csv", .text = "1"},
                                   {.name = "year/.DS_Store", .text = "junk"},
                                   {.name = ".DS_Store", .text = "junk"},
                                   {.name = "__MACOSX/year/._one.csv", .text = "junk"}};
  EXPECT_EQ(texts_of(zip_of(entries)), (Texts{{"a.zip/year/one.csv", "1"}}));
}

TEST(InputPart, ReadsEveryShapeOfArchive) {
  std::vector<Entry> wide = two_texts;
  for (Entry& entry : wide) entry.is_wide = true;
  std::vector<Entry> described = two_texts;
  for (Entry& entry : described) entry.has_descriptor = true;
  std::vector<Entry> padded = two_texts;
  for (Entry& entry : padded) entry.local_extra = std::string(1000, '\0');
  const std::string program(70'000, '#');
  for (const auto& entries : {two_texts, wide, described, padded}) {
    for (const bool is_wide : {false, true}) {
      EXPECT_EQ(texts_of(zip_of(entries, {.is_wide = is_wide})), two_found);
      EXPECT_EQ(texts_of(zip_of(entries, {.comment = "by hand", .is_wide = is_wide})), two_found);
      EXPECT_EQ(texts_of(zip_of(entries, {.comment = std::string(65'535, 'c'), .is_wide = is_wide})), two_found);
      EXPECT_EQ(texts_of(zip_of(entries, {.leading = program, .is_wide = is_wide})), two_found);
      EXPECT_EQ(texts_of(zip_of(entries, {.leading = program, .are_offsets_from_leading = true, .is_wide = is_wide})),
                two_found);
      EXPECT_EQ(texts_of(zip_of(entries, {.trailing = std::string(500, '\0'), .is_wide = is_wide})), two_found);
    }
  }
}

TEST(InputPart, AnEndRecordInsideTheCommentIsNotTheEnd) {
  EXPECT_EQ(texts_of(zip_of(two_texts, {.comment = "see PK\x05\x06" + std::string(30, 'x')})), two_found);
}

TEST(InputPart, SomethingBetweenTheTableAndTheEndIsPassedOver) {
  EXPECT_EQ(texts_of(zip_of(two_texts, {.before_end = "a signature, say"})), two_found);
}

TEST(InputPart, ManyEntriesWithTheirNumberModulo65536AreAllFound) {
  std::vector<Entry> entries;
  for (int i = 0; i < 65'540; ++i) entries.push_back({.name = std::to_string(i), .text = "", .method = 0});
  const std::vector<InputPart> found = parts(zip_of(entries));
  ASSERT_EQ(found.size(), entries.size());
  EXPECT_EQ(found.back().origin, "a.zip/65539");
  EXPECT_EQ(parts(zip_of(entries, {.is_wide = true})).size(), entries.size());
  expect_fault(zip_of(entries, {.is_wide = true, .entries = 4}), "states 4 entries, but 65540 are listed");
}

TEST(InputPart, MoreThanAMillionEntriesAreRefused) {
  const zip_archive::Placed placed{{.name = "a", .text = "", .method = 0}, "", 0};
  const std::string one = zip_archive::directory_entry(placed);
  std::string directory;
  for (int i = 0; i < 1'000'001; ++i) directory += one;
  const std::string head = zip_archive::local_header(placed);
  expect_fault(head + directory + zip_archive::end_records({.is_wide = true}, 1'000'001, head.size(), directory.size()),
               "more than 1000000 entries");
}

TEST(InputPart, OtherMethodsAreRefusedByNameAndEntry) {
  EXPECT_EQ(fault_of(zip_of({{.name = "one.csv", .text = "x", .method = 14}})),
            "a.zip: entry one.csv is packed with method 14 (LZMA), expected stored or deflated; unpack it with another "
            "program");
  expect_fault(zip_of({two_texts[0], {.name = "b", .text = "x", .method = 9}}),
               "entry b is packed with method 9 (Defl");
  expect_fault(zip_of({{.name = "b", .text = "x", .method = 77}}), "packed with method 77, expected");
}

TEST(InputPart, EncryptedEntriesAreRefusedByName) {
  expect_fault(zip_of({{.name = "one.csv", .text = "x", .flags = 1}}), "a.zip: entry one.csv is encrypted");
  expect_fault(zip_of({{.name = "one.csv", .text = "x", .method = 99}}), "a.zip: entry one.csv is encrypted");
}

TEST(InputPart, AnArchiveWithoutAFileIsRefused) {
  expect_fault(zip_of({}), "a.zip: the archive holds no file");
  expect_fault(zip_of({}, {.is_wide = true}), "a.zip: the archive holds no file");
  expect_fault(zip_of({{.name = "year/", .text = ""}}), "a.zip: the archive holds no file");
}

TEST(InputPart, OtherPackersAreRefusedByName) {
  expect_fault(std::string("\xfd\x37zXZ\0rest", 10), "a.zip: the file is packed with xz, expected plain text");
  expect_fault("\x28\xb5\x2f\xfd rest", "packed with zstd");
  expect_fault("7z\xbc\xaf\x27\x1c rest", "packed with 7z");
  expect_fault("Rar!\x1a\x07 rest", "packed with rar");
  expect_fault("BZh91AY&SY rest", "packed with bzip2");
  EXPECT_EQ(fault_of("BZhistory is a name\n"), "no fault");
}

TEST(InputPart, OnePartOfASplitArchiveIsRefused) {
  expect_fault(zip_of(two_texts, {.disk = 2}), "a.zip: this is one part of an archive that was split over 3 files");
}

TEST(InputPart, AnInnerArchiveDoesNotPassForTheOuterOneThatWasCutOff) {
  const std::string inner = zip_of(two_texts);
  const std::string outer = zip_of({{.name = "inner.zip", .text = inner, .method = 0}, two_texts[0]});
  const std::size_t inner_end = outer.find(inner) + inner.size();
  const std::string wanted = "a.zip: the archive's table of contents is missing; the file was cut off, fetch it again";
  expect_fault(outer.substr(0, inner_end), wanted);
  expect_fault(outer.substr(0, inner_end + 20), wanted);
}

TEST(InputPart, ATableThatContradictsTheArchiveIsRefused) {
  const auto one = [](Entry entry) { return zip_of({std::move(entry), two_texts[1]}); };
  expect_fault(one({.name = "a", .text = "x", .offset = 5}), "does not begin where");
  expect_fault(one({.name = "a", .text = "x", .offset = 100'000}), "entry a lies outside the archive");
  expect_fault(one({.name = "a", .text = "x", .is_wide = true, .offset = ~std::uint64_t{0} - 5}), "lies outside");
  expect_fault(one({.name = "a", .text = "x", .is_wide = true, .packed_size = ~std::uint64_t{0} - 5}), "lies outside");
  expect_fault(one({.name = "a", .text = "x", .method = 0, .size = 40, .packed_size = 40}), "overlap");
  expect_fault(zip_of({{.name = "a", .text = "x", .method = 0, .size = 20, .packed_size = 20}}),
               "reaches into the table of contents");
  expect_fault(one({.name = "a", .text = "x", .method = 0, .size = 2}), "its two sizes differ (1 and 2)");
  expect_fault(zip_of(two_texts, {.entries = 3}), "states 3 entries, but 2 are listed");
  expect_fault(zip_of(two_texts, {.directory_offset = 1'000'000}), "table of contents is broken");
  expect_fault(zip_of(two_texts, {.directory_size = 1'000'000}), "table of contents is broken");
  expect_fault(zip_of(two_texts, {.is_wide = true, .directory_size = ~std::uint64_t{0}}),
               "table of contents is broken");
}

TEST(InputPart, EntriesThatShareBytesAreRefused) {
  // Two names for one text: the smallest form of an archive that unpacks to more than it holds.
  const std::string shared = zip_of({two_texts[0], {.name = "one.cs2", .text = two_texts[0].text, .offset = 0}});
  expect_fault(shared, "a.zip: the entries a.zip/one.csv and a.zip/one.cs2 overlap");
  // The first entry's extra field holds the whole second entry.
  const zip_archive::Placed inner{{.name = "b", .text = "x", .method = 0}, "x", 31};
  const std::string quoted = zip_archive::local_header(inner) + "x";
  const Entry outer{.name = "a", .text = "y", .method = 0, .local_extra = quoted};
  const zip_archive::Placed placed{outer, "y", 0};
  const std::string entries = zip_archive::local_header(placed) + "y";
  const std::string directory = zip_archive::directory_entry(placed) + zip_archive::directory_entry(inner);
  expect_fault(entries + directory + zip_archive::end_records({}, 2, entries.size(), directory.size()),
               "a.zip: the entries a.zip/a and a.zip/b overlap");
}

TEST(InputPart, MoreThanDeflateCanDoIsRefusedBeforeItIsUnpacked) {
  expect_fault(zip_of({{.name = "bomb", .text = "x", .is_wide = true, .size = 1'000'000'000'000, .packed_size = 3}}),
               "entry bomb claims to unpack 3 bytes to 1000000000000, more than deflate can do");
  const std::string zeros(20'000'000, '\0');  // deflate comes close to its limit of 1032 here
  ASSERT_GT(zeros.size() / deflated(zeros).size(), 1000U);
  EXPECT_EQ(texts_of(zip_of({{.name = "zeros", .text = zeros}}))[0].second, zeros);
}

TEST(InputPart, NamesArePrintable) {
  const auto shown = [](const std::string& name) { return parts(zip_of({{.name = name, .text = "x"}}))[0].origin; };
  EXPECT_EQ(shown("../../etc/x"), "a.zip/../../etc/x");
  EXPECT_EQ(shown("T\xc3\xbcrkiye.csv"), "a.zip/T\xc3\xbcrkiye.csv");
  EXPECT_EQ(shown("a\x1b[2J\nb\x7f"), "a.zip/a?[2J?b?");
  EXPECT_EQ(shown("a\xc2\x9b"
                  "b"),
            "a.zip/a?b");  // a control character of two bytes
  EXPECT_EQ(shown("a\xe2\x80\xae"
                  "vsc.b"),
            "a.zip/a?vsc.b");                       // turns the direction of writing
  EXPECT_EQ(shown("\x81 \xff\xc3"), "a.zip/? ??");  // not UTF-8
  EXPECT_EQ(shown(std::string(5000, 'n')), "a.zip/" + std::string(200, 'n') + "...");
  EXPECT_EQ(shown(std::string(200, 'n')), "a.zip/" + std::string(200, 'n'));
}

}  // namespace
}  // namespace tocsin
