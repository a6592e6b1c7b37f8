// Inputs of any packing, a part at a time; and what is packed rightly must come out as it went in.
#include <string>
#include <vector>

#include "../cpp/zip_archive.hpp"
#include "expect.hpp"
#include "fuzzed_text.hpp"
#include "input_part.hpp"
#include "packed_format.hpp"
#include "tocsin/error.hpp"
#include "zip_directory.hpp"

namespace tocsin::fuzz {
namespace {

// Deflate makes a thousand bytes of one: the rest of a long text shows nothing new.
constexpr std::size_t most_bytes = std::size_t{1} << 22;

std::string text_of(const InputPart& part, std::size_t at_once, Extent extent = Extent::whole) {
  const auto stream = unpacked(part, extent);
  std::string text;
  std::string block(at_once, '\0');
  while (text.size() < most_bytes) {
    const std::size_t n = stream->read(block.data(), block.size());
    text.append(block, 0, n);
    expect(stream->packed_bytes_read() <= part.packed_size, "no more is taken than there is");
    if (n < block.size()) break;
  }
  return text;
}

void check_same(const InputPart& part, const std::string& text, std::size_t at_once) {
  try {
    expect(text == text_of(part, at_once), "the size of a block does not matter");
    expect(text == text_of(part, at_once, Extent::beginning), "nor how much of the text is wanted");
  } catch (const Error& error) {
    expect(false, error.what());
  }
}

void read_parts(const std::string& bytes, std::size_t at_once) {
  const auto stored = in_memory(bytes);
  for (const InputPart& part : parts_of(stored, "input")) {
    const std::string text = text_of(part, most_bytes);
    if (part.packing != Packing::gzip)
      expect(text.size() == std::min<std::uint64_t>(part.size, most_bytes), "the size");
    if (text.size() < most_bytes) check_same(part, text, at_once);
    if (part.packing == Packing::plain) expect(text == bytes, "a plain text is what it is");
  }
}

// Texts that look packed are refused inside what is packed, and only they.
void pack_and_unpack(const std::string& text, unsigned choice) {
  if (!packed_format(text).empty() || ends_like_zip(*in_memory(text))) return;
  const zip_archive::Entry stored{.name = "a.csv", .text = text, .method = 0};
  const zip_archive::Entry deflated{
      .name = "b.csv", .text = text, .method = 8, .has_descriptor = (choice & 1U) != 0, .is_wide = (choice & 2U) != 0};
  const std::string zip = zip_archive::zip_of({stored, deflated}, {.is_wide = (choice & 4U) != 0});
  const std::vector<InputPart> parts = parts_of(in_memory(zip), "zip");
  expect(parts.size() == 2, "an archive gives each of its files");
  for (const InputPart& part : parts) expect(text_of(part, most_bytes) == text, "a zip gives the text back");
  const std::string gzip = zip_archive::gzipped(text);
  const InputPart whole = parts_of(in_memory(gzip), "gzip").front();
  expect(text_of(whole, most_bytes) == text, "gzip gives the text back");
  const InputPart cut_off = parts_of(in_memory(gzip.substr(0, gzip.size() - 1)), "gzip").front();
  bool is_refused = false;
  try {
    static_cast<void>(text_of(cut_off, most_bytes));
  } catch (const ParseError&) {
    is_refused = true;
  }
  expect(is_refused, "what was cut off is refused");
}

}  // namespace
}  // namespace tocsin::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  tocsin::fuzz::FuzzedText input(data, size);
  const unsigned choice = input.choice();
  const std::string bytes{input.text()};
  try {
    tocsin::fuzz::read_parts(bytes, 1 + choice % 64);
  } catch (const tocsin::Error&) {
    // What is refused is no finding.
  }
  if (choice < 128 || bytes.size() > 2048) return 0;
  try {
    tocsin::fuzz::pack_and_unpack(bytes, choice);
  } catch (const tocsin::InputError& error) {
    tocsin::fuzz::expect(false, error.what());
  }
  return 0;
}
