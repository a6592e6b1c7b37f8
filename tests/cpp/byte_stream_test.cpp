#include "byte_stream.hpp"

#include <gtest/gtest.h>

#include "random.hpp"
#include "unpacked_parts.hpp"
#include "zip_archive.hpp"

namespace tocsin {
namespace {

using unpacked_parts::expect_fault;
using unpacked_parts::fault_of;
using unpacked_parts::text_of;
using zip_archive::deflated;
using zip_archive::Entry;
using zip_archive::gzipped;
using zip_archive::zip_of;

// Does not compress well, so that the packed form crosses the streams' blocks of 256 KiB.
std::string long_text() {
  random::Stream stream(7);
  std::string text;
  for (int i = 0; i < 700'000; ++i) text += static_cast<char>('!' + stream.next_bits() % 90);
  return text;
}

InputPart only_part(const std::string& bytes) { return parts_of(in_memory(bytes), "a.zip").at(0); }

TEST(ByteStream, GivesTheSameTextHoweverItIsPackedAndRead) {
  const std::string text = long_text();
  ASSERT_GT(deflated(text).size(), std::size_t{1} << 19);
  for (const std::string& bytes : {text, gzipped(text), zip_of({{.name = "t", .text = text}}),
                                   zip_of({{.name = "t", .text = text, .method = 0}})}) {
    for (const std::size_t at_once : {std::size_t{1}, std::size_t{1000}, std::size_t{262'144}, std::size_t{1} << 21}) {
      EXPECT_TRUE(text_of(only_part(bytes), at_once) == text) << at_once;
    }
    // The size of the text itself: the end has to be found without another byte being asked for.
    EXPECT_TRUE(text_of(only_part(bytes), text.size()) == text);
  }
}

TEST(ByteStream, EmptyTextsAreEmpty) {
  for (const std::string& bytes : {std::string(), gzipped(""), zip_of({{.name = "t", .text = ""}}),
                                   zip_of({{.name = "t", .text = "", .method = 0}})}) {
    EXPECT_EQ(text_of(only_part(bytes)), "");
  }
}

TEST(ByteStream, TellsHowMuchOfTheStoredBytesItHasTaken) {
  const std::string text = long_text();
  for (const std::string& bytes : {text, gzipped(text), zip_of({{.name = "t", .text = text}}),
                                   zip_of({{.name = "t", .text = text, .method = 0}})}) {
    const InputPart part = only_part(bytes);
    const auto stream = unpacked(part);
    EXPECT_EQ(stream->packed_bytes_read(), 0U);
    std::string block(100'000, '\0');
    std::uint64_t before = 0;
    while (stream->read(block.data(), block.size()) == block.size()) {
      EXPECT_GE(stream->packed_bytes_read(), before);
      before = stream->packed_bytes_read();
    }
    EXPECT_GT(before, 0U);
    EXPECT_EQ(stream->packed_bytes_read(), part.packed_size);
  }
}

TEST(ByteStream, SeveralGzipMembersAreOneText) {
  EXPECT_EQ(text_of(only_part(gzipped("a,b\n") + gzipped("") + gzipped("1,2\n"))), "a,b\n1,2\n");
}

TEST(ByteStream, GzipThatIsCutOffOrWrongIsRefused) {
  const std::string packed = gzipped("date,source,target\n");
  expect_fault(packed.substr(0, packed.size() - 1), "a.zip: the gzip data ends in the middle; the file was cut off");
  expect_fault(packed.substr(0, 2), "a.zip: the gzip data ends in the middle");
  expect_fault(packed + "more", "a.zip: the gzip data is broken (its checksum or structure is wrong)");
  std::string wrong = packed;
  wrong[wrong.size() - 8] = static_cast<char>(wrong[wrong.size() - 8] ^ 1);  // the CRC-32 is in bytes -8 to -5
  expect_fault(wrong, "a.zip: the gzip data is broken");
}

TEST(ByteStream, AWrongChecksumOfAnEntryIsRefused) {
  for (const std::uint16_t method : {std::uint16_t{0}, std::uint16_t{8}}) {
    expect_fault(zip_of({{.name = "t", .text = "a,b\n", .method = method, .checksum = 1}}),
                 "a.zip/t: the entry has the checksum " + std::to_string(zip_archive::crc32_of("a,b\n")) +
                     " where the archive's table of contents states 1; the archive is broken, fetch it again");
  }
}

TEST(ByteStream, AnEntryThatIsShorterOrLongerThanStatedIsRefused) {
  const std::string text(500, 'x');
  expect_fault(zip_of({{.name = "t", .text = text, .size = 501}}), "a.zip/t: the entry unpacks to 500 bytes where");
  expect_fault(zip_of({{.name = "t", .text = text, .size = 499}}), "a.zip/t: the entry unpacks to more bytes where");
  expect_fault(zip_of({{.name = "t", .text = text, .size = 0}}), "a.zip/t: the entry unpacks to more bytes where");
}

TEST(ByteStream, AnEntryThatUnpacksToMoreThanStatedStopsAtOnce) {
  const InputPart part = only_part(zip_of({{.name = "t", .text = std::string(50'000'000, '\0'), .size = 1000}}));
  const auto stream = unpacked(part);
  std::string block(1 << 20, '#');
  EXPECT_THROW((void)stream->read(block.data(), block.size()), ParseError);
  EXPECT_EQ(block[999], '\0');
  EXPECT_EQ(block[1000], '#');
}

TEST(ByteStream, AnEntryCutOffInsideIsRefused) {
  const std::string text = long_text();
  Entry entry{.name = "t", .text = text, .packed = deflated(text)};
  entry.packed->resize(entry.packed->size() - 3);
  expect_fault(zip_of({entry}), "a.zip/t: the deflated data ends in the middle; the file was cut off");
  entry.packed = std::string(1000, '\xff');
  entry.text = std::string(1000, 'x');
  expect_fault(zip_of({entry}), "a.zip/t: the deflated data is broken");
}

TEST(ByteStream, PackedDataInsidePackedDataIsRefused) {
  const std::string inner = zip_of({{.name = "u", .text = "x"}});
  const std::string wanted = "is itself packed with ";
  for (const std::uint16_t method : {std::uint16_t{0}, std::uint16_t{8}}) {
    expect_fault(zip_of({{.name = "t", .text = gzipped("x"), .method = method}}), wanted + "gzip, expected plain text");
    expect_fault(zip_of({{.name = "t", .text = inner, .method = method}}), wanted + "zip, expected plain text");
  }
  expect_fault(gzipped(gzipped("x")), "a.zip: what is packed here " + wanted + "gzip");
  expect_fault(gzipped(inner), wanted + "zip");
  EXPECT_THROW((void)text_of(only_part(gzipped(inner)), 1), InputError);
}

TEST(ByteStream, SaysTheFaultAgainWhenItIsAskedAgain) {
  const auto stream = unpacked(only_part(zip_of({{.name = "t", .text = "a,b\n", .checksum = 1}})));
  std::string block(100, '\0');
  EXPECT_THROW((void)stream->read(block.data(), block.size()), ParseError);
  EXPECT_THROW((void)stream->read(block.data(), block.size()), ParseError);
}

}  // namespace
}  // namespace tocsin
