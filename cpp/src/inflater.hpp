#pragma once

#include <zlib.h>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace tocsin {

/// Inflates packed bytes that come block by block.
class Inflater {
 public:
  /// `gzip` reads several members as one text and checks each; `raw` is one stream without a checksum, as in zip.
  enum class Wrapping { gzip, raw };

  /// The next packed bytes, empty at their end; at most 1 GiB; they stay where they are until the next call.
  using NextBlock = std::function<std::string_view()>;

  Inflater(Wrapping wrapping, std::string origin, NextBlock next_block);
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  /// Fills `buffer`; fewer bytes than asked for only at the end. @throws ParseError if the data is broken or cut off
  [[nodiscard]] std::size_t read(char* buffer, std::size_t size);

 private:
  bool has_more();
  std::size_t inflate_some(char* buffer, std::size_t size);
  [[noreturn]] void refuse(const char* what) const;

  Wrapping wrapping_;
  std::string origin_;
  NextBlock next_block_;
  z_stream zlib_{};
  bool has_all_input_ = false;
  bool is_inside_stream_ = true;
};

}  // namespace tocsin
