#include "tocsin/error.hpp"

#include "text.hpp"

namespace tocsin {

namespace {

std::string place(std::string_view source, std::int64_t line, std::int64_t column) {
  std::string text{source};
  if (line > 0) text += concat(":", line);
  if (line > 0 && column > 0) text += concat(":", column);
  return text;
}

}  // namespace

ParseError::ParseError(std::string_view source, std::int64_t line, std::int64_t column, std::string_view what)
    : InputError(concat(place(source, line, column), ": ", what)), source_(source), line_(line), column_(column) {}

ConfigError::ConfigError(std::string_view pointer, std::string_view what)
    : Error(concat("configuration ", pointer.empty() ? "document" : pointer, ": ", what)), pointer_(pointer) {}

}  // namespace tocsin
