#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tocsin {

/// Root of every error that the library throws. The message says where, what was expected, what was found, what to do.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An argument or a table that cannot be used.
class InputError : public Error {
 public:
  using Error::Error;
};

/// A fault at a place in a file or a table; the message begins with `source:line:column:`.
class ParseError : public InputError {
 public:
  /// @param line    1-based line of a file, or 1-based row of a table in memory; 0 when the whole input is meant
  /// @param column  1-based column; 0 when the whole line is meant
  ParseError(std::string_view source, std::int64_t line, std::int64_t column, std::string_view what);

  [[nodiscard]] const std::string& source() const noexcept { return source_; }
  [[nodiscard]] std::int64_t line() const noexcept { return line_; }
  [[nodiscard]] std::int64_t column() const noexcept { return column_; }

 private:
  std::string source_;
  std::int64_t line_;
  std::int64_t column_;
};

/// A codebook that is unknown, malformed, or does not know a code it is asked for.
class CodebookError : public Error {
 public:
  using Error::Error;
};

/// A configuration key or value that cannot be used; `pointer()` is its JSON pointer (RFC 6901), as in
/// "/weights/spread".
class ConfigError : public Error {
 public:
  ConfigError(std::string_view pointer, std::string_view what);

  [[nodiscard]] const std::string& pointer() const noexcept { return pointer_; }

 private:
  std::string pointer_;
};

/// A saved state that does not fit, or a day that a monitor cannot take.
class StateError : public Error {
 public:
  using Error::Error;
};

/// Thrown out of a long call when `RunControl::should_stop` asked for it.
class Cancelled : public Error {
 public:
  using Error::Error;
};

}  // namespace tocsin
