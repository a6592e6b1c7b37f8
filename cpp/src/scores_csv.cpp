#include <algorithm>

#include "csv_text.hpp"
#include "parallel.hpp"
#include "tocsin/error.hpp"
#include "tocsin/scores.hpp"

namespace tocsin {

namespace {

std::string rows_of(const PairScores& scores, Day first) {
  const std::string pair = csv_field(to_string(scores.pair));
  std::string text;
  for (std::size_t day = 0; day < scores.status.size(); ++day) {
    text += to_string(first + static_cast<std::int32_t>(day));
    text += ',';
    text += pair;
    text += ',';
    text += name_of(scores.status[day]);
    for (std::size_t i = 0; i < score_column_count; ++i) {
      text += ',';
      append_csv_number(text, scores.values(static_cast<Eigen::Index>(day), static_cast<Eigen::Index>(i)));
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
