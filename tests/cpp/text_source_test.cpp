#include "text_source.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "random.hpp"
#include "tocsin/error.hpp"

namespace tocsin {
namespace {

std::string gzipped(const std::string& text) {
  z_stream deflater{};
  deflateInit2(&deflater, Z_BEST_SPEED, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&deflater, text.size()), '\0');
  std::string copy = text;  // zlib takes a pointer to non-const
  deflater.next_in = reinterpret_cast<Bytef*>(copy.data());
  deflater.avail_in = static_cast<uInt>(copy.size());
  deflater.next_out = reinterpret_cast<Bytef*>(packed.data());
  deflater.avail_out = static_cast<uInt>(packed.size());
  deflate(&deflater, Z_FINISH);
  packed.resize(packed.size() - deflater.avail_out);
  deflateEnd(&deflater);
  return packed;
}

std::string all_of(const std::string& bytes, std::size_t at_once = 1000) {
  std::istringstream stream(bytes);
  TextSource source(stream, "t.gz");
  std::string text;
  std::string block(at_once, '\0');
  for (;;) {
    const std::size_t n = source.read(block.data(), block.size());
    text.append(block, 0, n);
    if (n < block.size()) return text;
  }
}

std::string fault_of(const std::string& bytes) {
  try {
    all_of(bytes);
  } catch (const ParseError& error) {
    return error.what();
  }
  return "no fault";
}

// Does not compress well, so that the packed form crosses the source's blocks of 64 KiB.
std::string long_text() {
  random::Stream stream(7);
  std::string text;
  for (int i = 0; i < 300000; ++i) text += static_cast<char>('!' + stream.next_bits() % 90);
  return text;
}

TEST(TextSource, PassesPlainTextThrough) {
  const std::string text = long_text();
  EXPECT_EQ(all_of(text), text);
  EXPECT_EQ(all_of(""), "");
  EXPECT_EQ(all_of("\x1f"), "\x1f");
}

TEST(TextSource, InflatesGzipWhateverTheSizeOfTheReads) {
  const std::string text = long_text();
  const std::string packed = gzipped(text);
  ASSERT_GT(packed.size(), std::size_t{1} << 17);
  for (const std::size_t at_once : {std::size_t{1}, std::size_t{1000}, std::size_t{65536}, std::size_t{1} << 20}) {
    EXPECT_EQ(all_of(packed, at_once), text) << at_once;
  }
}

TEST(TextSource, ReadsSeveralGzipMembersAsOneText) {
  EXPECT_EQ(all_of(gzipped("a,b\n") + gzipped("") + gzipped("1,2\n")), "a,b\n1,2\n");
}

TEST(TextSource, AnEmptyGzipIsAnEmptyText) { EXPECT_EQ(all_of(gzipped("")), ""); }

TEST(TextSource, RefusesGzipThatIsCutOffAnywhere) {
  const std::string packed = gzipped("date,source,target,rhetoric\n2025-04-22,IND,PAK,1\n");
  for (std::size_t kept = 2; kept < packed.size(); ++kept) {
    EXPECT_EQ(fault_of(packed.substr(0, kept)),
              "t.gz: the gzip data ends in the middle; the file was cut off, fetch it again")
        << kept << " of " << packed.size() << " bytes";
  }
}

TEST(TextSource, RefusesASecondMemberThatIsCutOff) {
  const std::string second = gzipped("1,2\n");
  EXPECT_NE(fault_of(gzipped("a,b\n") + second.substr(0, second.size() - 1)).find("cut off"), std::string::npos);
}

TEST(TextSource, RefusesAWrongChecksum) {
  std::string packed = gzipped("date,source,target,rhetoric\n2025-04-22,IND,PAK,1\n");
  packed[packed.size() - 8] = static_cast<char>(packed[packed.size() - 8] ^ 1);  // the CRC-32 is in bytes -8 to -5
  EXPECT_EQ(fault_of(packed),
            "t.gz: the gzip data is broken (its checksum or structure is wrong); fetch the file again");
}

TEST(TextSource, RefusesAWrongLength) {
  std::string packed = gzipped("date,source,target,rhetoric\n");
  packed[packed.size() - 4] = static_cast<char>(packed[packed.size() - 4] ^ 1);  // the length is in the last four bytes
  EXPECT_NE(fault_of(packed).find("broken"), std::string::npos);
}

TEST(TextSource, RefusesPlainTextAfterAGzipMember) {
  EXPECT_NE(fault_of(gzipped("a,b\n") + "1,2\n").find("broken"), std::string::npos);
}

}  // namespace
}  // namespace tocsin
