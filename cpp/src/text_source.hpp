#pragma once

#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inflater.hpp"

namespace tocsin {

/// The bytes of a stream, inflated where they are gzip (recognised by content; several members are read as one text).
class TextSource {
 public:
  TextSource(std::istream& stream, std::string origin);
  TextSource(const TextSource&) = delete;
  TextSource& operator=(const TextSource&) = delete;

  /// Fills `buffer`; fewer bytes than asked for only at the end. @throws ParseError if the gzip data is broken or cut
  /// off
  std::size_t read(char* buffer, std::size_t size);

 private:
  void refill();

  std::istream& stream_;
  std::string origin_;
  std::vector<char> raw_;
  std::string_view unread_;           // of `raw_`
  std::optional<Inflater> inflater_;  // for gzip only
};

}  // namespace tocsin
