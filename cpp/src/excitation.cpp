#include "tocsin/excitation.hpp"

#include <cmath>

#include "monitor_core.hpp"
#include "pair_day.hpp"
#include "random.hpp"
#include "score_pair.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "tocsin/scores.hpp"
#include "wording.hpp"

namespace tocsin {

namespace {

constexpr std::size_t words = 0;
constexpr std::size_t deeds = 1;

// A node, and the columns of the history that it is the sum of.
struct Node {
  std::string name;
  std::vector<std::size_t> columns;
};

std::vector<Node> nodes_of(const Pair& pair, const Collected& collected, bool by_kind) {
  std::vector<std::size_t> kinds;
  if (collected.has(Signal::rhetoric)) kinds.push_back(words);
  if (collected.has(Signal::military) || collected.has(Signal::punitive)) kinds.push_back(deeds);
  const std::vector<std::string> sides =
      collected.is_directed ? std::vector{pair.first, pair.second} : std::vector{to_string(pair)};
  std::vector<Node> nodes;
  for (std::size_t side = 0; side < sides.size(); ++side) {
    Node whole{sides[side], {}};
    for (const std::size_t kind : kinds) {
      const std::size_t column = 2 * side + kind;
      if (by_kind) nodes.push_back({concat(sides[side], kind == words ? " words" : " deeds"), {column}});
      whole.columns.push_back(column);
    }
    if (!by_kind) nodes.push_back(whole);
  }
  return nodes;
}

PairExcitation excitation_of(const ActHistory& history, const Pair& pair, const Collected& collected,
                             const Config& config, const ExcitationOptions& options) {
  if (options.window_days < 2 || options.window_days > ActHistory::longest) {
    throw InputError(concat("window_days is ", options.window_days, ", expected 2 to ", ActHistory::longest));
  }
  if (options.null_draws < 0) throw InputError(concat("null_draws is ", options.null_draws, ", expected at least 0"));
  const Eigen::ArrayXXd acts = history.nodes();
  const Eigen::Index days = std::min<Eigen::Index>(acts.rows(), options.window_days);
  const std::vector<Node> nodes = nodes_of(pair, collected, options.by_kind);
  PairExcitation excitation;
  NodeCounts counts = NodeCounts::Zero(days, static_cast<Eigen::Index>(nodes.size()));
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    excitation.nodes.push_back(nodes[i].name);
    for (const std::size_t column : nodes[i].columns) {
      counts.col(static_cast<Eigen::Index>(i)) += acts.col(static_cast<Eigen::Index>(column)).tail(days);
    }
  }
  CrossExcitation::Options fit;
  fit.null_draws = options.null_draws;
  fit.key = random::combine_keys(random::combine_keys(config.seed, key_of(pair)), random::hash_text("excitation"));
  excitation.reading = CrossExcitation(fit).fit(counts);
  return excitation;
}

}  // namespace

ActHistory Scores::history_until(const Pair& pair, Day day) const {
  const std::size_t index = index_of(pair);
  require_scored(day);
  if (!panel_) {
    throw InputError("these scores were read from a document, which holds no counts; score the counts again");
  }
  return tocsin::history_until(*panel_, index, day);
}

PairExcitation Scores::excitation(const Pair& pair, Day day, const ExcitationOptions& options) const {
  const ActHistory history = history_until(pair, day);
  return excitation_of(history, pair, panel_->collected(), config_, options);
}

PairExcitation Monitor::excitation(const Pair& pair, const ExcitationOptions& options) const {
  return excitation_of(core_->history_of(pair), pair, core_->collected, core_->config, options);
}

std::vector<std::string> explain(const PairExcitation& excitation) {
  const CrossExcitation::Reading& reading = excitation.reading;
  const Eigen::MatrixXd beats = reading.beats_null();
  const auto days = static_cast<double>(reading.base.rows());
  std::vector<std::string> sentences;
  for (Eigen::Index from = 0; from < beats.cols(); ++from) {
    for (Eigen::Index to = 0; to < beats.rows(); ++to) {
      if (beats(to, from) != 1) continue;
      const std::string& actor = excitation.nodes[static_cast<std::size_t>(from)];
      const std::string& other = excitation.nodes[static_cast<std::size_t>(to)];
      sentences.push_back(
          concat("Each hostile act of ", actor, " draws ", wording::number(reading.excitation.kernel(to, from)),
                 to == from ? std::string{" more of its own"} : concat(" of ", other),
                 wording::range({reading.low(to, from), reading.high(to, from)}), ", judged by the last ",
                 wording::counted(days, "day"), "; a changing level would not look like this."));
    }
  }
  if (sentences.empty() && !beats.array().isNaN().any()) {
    sentences.push_back(concat("Nothing in the last ", wording::counted(days, "day"),
                               " says that hostile acts draw each other: a changing level would look the same."));
  }
  return sentences;
}

}  // namespace tocsin
