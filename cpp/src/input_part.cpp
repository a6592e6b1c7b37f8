#include "input_part.hpp"

#include "packed_format.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "zip_directory.hpp"

namespace tocsin {

std::vector<InputPart> parts_of(const std::shared_ptr<const StoredBytes>& bytes, const std::string& origin) {
  std::string head(longest_magic, '\0');
  head.resize(bytes->read_at(0, head.data(), head.size()));
  const std::string_view format = packed_format(head);
  if (format == "zip" || (format.empty() && ends_like_zip(*bytes))) return zip_parts(bytes, origin);
  if (!format.empty() && format != "gzip") {
    throw InputError(concat(origin, ": the file is packed with ", format,
                            ", expected plain text, gzip or zip; unpack it with another program"));
  }
  InputPart part{.origin = origin, .bytes = bytes, .packed_size = bytes->size()};
  part.packing = format == "gzip" ? Packing::gzip : Packing::plain;
  part.size = format == "gzip" ? 0 : bytes->size();
  return {part};
}

}  // namespace tocsin
