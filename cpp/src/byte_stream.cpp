#include "byte_stream.hpp"

#include <zlib.h>
#if TOCSIN_HAS_LIBDEFLATE
#include <libdeflate.h>
#endif

#include <algorithm>
#include <memory>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "inflater.hpp"
#include "input_part.hpp"
#include "packed_format.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "zip_directory.hpp"

namespace tocsin {

namespace {

constexpr std::size_t block_size = std::size_t{1} << 18;

/// A range of stored bytes, from its beginning to its end.
class StoredRange {
 public:
  StoredRange(std::shared_ptr<const StoredBytes> bytes, std::uint64_t offset, std::uint64_t size)
      : bytes_(std::move(bytes)), begin_(offset), place_(offset), end_(offset + size) {}

  std::size_t read(char* buffer, std::size_t size) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(size, end_ - place_));
    const std::size_t taken = bytes_->read_at(place_, buffer, wanted);
    place_ += taken;
    return taken;
  }

  // Valid until the next call.
  std::string_view next_block() {
    if (block_.empty()) block_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(block_size, end_ - place_)));
    return {block_.data(), read(block_.data(), block_.size())};
  }

  [[nodiscard]] std::uint64_t bytes_read() const { return place_ - begin_; }

 private:
  std::shared_ptr<const StoredBytes> bytes_;
  std::uint64_t begin_;
  std::uint64_t place_;
  std::uint64_t end_;
  std::vector<char> block_;
};

/// Looks at the first unpacked bytes, however small the reads: packed data inside packed data is not read through.
class NestingGuard {
 public:
  explicit NestingGuard(std::string origin) : origin_(std::move(origin)) {}

  void look_at(const char* bytes, std::size_t size) {
    if (first_bytes_.size() >= longest_magic) return;
    first_bytes_.append(bytes, std::min(size, longest_magic - first_bytes_.size()));
    const std::string_view format = packed_format(first_bytes_);
    if (format.empty()) return;
    throw InputError(concat(origin_, ": what is packed here is itself packed with ", format,
                            ", expected plain text; unpack the outer layer with another program"));
  }

 private:
  std::string origin_;
  std::string first_bytes_;
};

class PlainStream final : public ByteStream {
 public:
  explicit PlainStream(const InputPart& part) : range_(part.bytes, part.offset, part.packed_size) {}

  [[nodiscard]] std::size_t read(char* buffer, std::size_t size) override { return range_.read(buffer, size); }
  [[nodiscard]] std::uint64_t packed_bytes_read() const override { return range_.bytes_read(); }

 private:
  StoredRange range_;
};

class GzipStream final : public ByteStream {
 public:
  explicit GzipStream(const InputPart& part)
      : range_(part.bytes, part.offset, part.packed_size),
        inflater_(Inflater::Wrapping::gzip, part.origin, [this] { return range_.next_block(); }),
        nesting_(part.origin) {}

  [[nodiscard]] std::size_t read(char* buffer, std::size_t size) override {
    const std::size_t filled = inflater_.read(buffer, size);
    nesting_.look_at(buffer, filled);
    return filled;
  }

  [[nodiscard]] std::uint64_t packed_bytes_read() const override { return range_.bytes_read(); }

 private:
  StoredRange range_;
  Inflater inflater_;
  NestingGuard nesting_;
};

class ZipStream final : public ByteStream {
 public:
  explicit ZipStream(const InputPart& part)
      : part_(part), range_(part.bytes, zip_data_offset(part), part.packed_size), nesting_(part.origin) {
    if (part.method == zip_stored) return;
    inflater_.emplace(Inflater::Wrapping::raw, part.origin, [this] { return range_.next_block(); });
  }

  [[nodiscard]] std::size_t read(char* buffer, std::size_t size) override {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(size, part_.size - made_));
    const std::size_t filled = take(buffer, wanted);
    nesting_.look_at(buffer, filled);
    checksum_ = ::crc32_z(checksum_, reinterpret_cast<const Bytef*>(buffer), filled);
    made_ += filled;
    if (filled < wanted) refuse(concat("unpacks to ", made_, " bytes"), part_.size);
    if (made_ == part_.size && !is_checked_) check_end();
    return filled;
  }

  [[nodiscard]] std::uint64_t packed_bytes_read() const override { return range_.bytes_read(); }

 private:
  std::size_t take(char* buffer, std::size_t size) {
    return inflater_ ? inflater_->read(buffer, size) : range_.read(buffer, size);
  }

  void check_end() {
    char beyond = 0;
    if (take(&beyond, 1) != 0) refuse("unpacks to more bytes", part_.size);
    if (checksum_ != part_.checksum) refuse(concat("has the checksum ", checksum_), part_.checksum);
    is_checked_ = true;
  }

  [[noreturn]] void refuse(const std::string& found, std::uint64_t stated) const {
    throw ParseError(part_.origin, 0, 0,
                     concat("the entry ", found, " where the archive's table of contents states ", stated,
                            "; the archive is broken, fetch it again"));
  }

  InputPart part_;
  StoredRange range_;
  std::optional<Inflater> inflater_;  // for deflated entries only
  NestingGuard nesting_;
  std::uint64_t made_ = 0;
  uLong checksum_ = 0;
  bool is_checked_ = false;
};

#if TOCSIN_HAS_LIBDEFLATE

// More than twice as fast as zlib, and wants an entry whole: larger ones are streamed, so that memory stays bounded.
constexpr std::uint64_t largest_whole_entry = std::uint64_t{1} << 27;

/// Memory that one entry leaves to the next one of the same thread: asking the system for it anew, page by page, takes
/// a third of the time. It goes with the thread.
class SpareMemory {
 public:
  SpareMemory() {
    if (!spare_.empty()) {
      bytes_ = std::move(spare_.back());
      spare_.pop_back();
    }
  }
  ~SpareMemory() {
    if (spare_.size() < most_spare) spare_.push_back(std::move(bytes_));
  }
  SpareMemory(const SpareMemory&) = delete;
  SpareMemory& operator=(const SpareMemory&) = delete;

  /// At least so many bytes, whatever they hold.
  char* of_size(std::size_t size) {
    if (bytes_.size() < size) bytes_.resize(size);
    return bytes_.data();
  }
  [[nodiscard]] const char* data() const { return bytes_.data(); }

 private:
  static constexpr std::size_t most_spare = 2;  // what is packed, and what is made of it
  static thread_local std::vector<std::vector<char>> spare_;

  std::vector<char> bytes_;
};

thread_local std::vector<std::vector<char>> SpareMemory::spare_;

class WholeZipStream final : public ByteStream {
 public:
  explicit WholeZipStream(const InputPart& part) : part_(part), nesting_(part.origin) {}

  [[nodiscard]] std::size_t read(char* buffer, std::size_t size) override {
    // What cannot be unpacked so is left to zlib, which says what is wrong with it.
    if (!is_tried_ && !unpack()) streamed_ = std::make_unique<ZipStream>(part_);
    is_tried_ = true;
    if (streamed_) return streamed_->read(buffer, size);
    const std::size_t taken = std::min(size, static_cast<std::size_t>(part_.size) - place_);
    std::copy_n(text_.data() + place_, taken, buffer);
    nesting_.look_at(buffer, taken);
    place_ += taken;
    return taken;
  }

  [[nodiscard]] std::uint64_t packed_bytes_read() const override { return is_tried_ ? part_.packed_size : 0; }

 private:
  bool unpack() {
    const auto packed_size = static_cast<std::size_t>(part_.packed_size);
    const auto size = static_cast<std::size_t>(part_.size);
    SpareMemory packed;
    char* const from = packed.of_size(packed_size);
    char* const to = text_.of_size(size);
    if (part_.bytes->read_at(zip_data_offset(part_), from, packed_size) < packed_size) return false;
    const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> decompressor(
        libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
    if (!decompressor) throw std::bad_alloc{};
    // Without a place for the size, exactly this size is expected.
    return libdeflate_deflate_decompress(decompressor.get(), from, packed_size, to, size, nullptr) ==
               LIBDEFLATE_SUCCESS &&
           libdeflate_crc32(0, to, size) == part_.checksum;
  }

  InputPart part_;
  NestingGuard nesting_;
  SpareMemory text_;
  std::size_t place_ = 0;
  bool is_tried_ = false;
  std::unique_ptr<ZipStream> streamed_;
};

bool is_for_libdeflate(const InputPart& part) {
  return part.method != zip_stored && part.size <= largest_whole_entry && part.packed_size <= largest_whole_entry;
}

#endif

}  // namespace

std::unique_ptr<ByteStream> unpacked(const InputPart& part, [[maybe_unused]] Extent extent) {
  switch (part.packing) {
    case Packing::gzip:
      return std::make_unique<GzipStream>(part);
    case Packing::zip_entry:
#if TOCSIN_HAS_LIBDEFLATE
      if (extent == Extent::whole && is_for_libdeflate(part)) return std::make_unique<WholeZipStream>(part);
#endif
      return std::make_unique<ZipStream>(part);
    case Packing::plain:
      break;
  }
  return std::make_unique<PlainStream>(part);
}

}  // namespace tocsin
