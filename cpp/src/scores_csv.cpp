#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "parallel.hpp"
#include "tocsin/error.hpp"
#include "tocsin/scores.hpp"

namespace tocsin {

namespace {

// Quoted where a separator, a quote or a line end would break the row (RFC 4180).
std::string field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  quoted += '"';
  return quoted;
}

void append_number(std::string& text, double value) {
  if (std::isnan(value)) return;
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  text.append(digits.data(), end);
}

std::string rows_of(const PairScores& scores, Day first) {
  const std::string pair = field(to_string(scores.pair));
  std::string text;
  for (std::size_t day = 0; day < scores.status.size(); ++day) {
    text += to_string(first + static_cast<std::int32_t>(day));
    text += ',';
    text += pair;
    text += ',';
    text += name_of(scores.status[day]);
    for (std::size_t i = 0; i < score_column_count; ++i) {
      text += ',';
      append_number(text, scores.values(static_cast<Eigen::Index>(day), static_cast<Eigen::Index>(i)));
    }
    text += '\n';
  }
  return text;
}

}  // namespace

void write_csv(const Scores& scores, std::ostream& out, const RunControl& control) {
  constexpr std::size_t at_once = 64;
  out << "date,pair,status";
  for (std::size_t i = 0; i < score_column_count; ++i) out << ',' << name_of(static_cast<ScoreColumn>(i));
  out << '\n';
  for (std::size_t begin = 0; begin < scores.pairs().size(); begin += at_once) {
    stop_if_asked(control);
    std::vector<std::size_t> indices;
    for (std::size_t i = begin; i < std::min(begin + at_once, scores.pairs().size()); ++i) indices.push_back(i);
    for (const PairScores& table : scores.of(indices, {control.should_stop, {}}))
      out << rows_of(table, scores.calendar().first);
    if (control.progress) control.progress(indices.back() + 1, scores.pairs().size());
  }
  if (!out.flush()) throw Error("writing the CSV failed; is the disk full?");
}

}  // namespace tocsin
