#include "tocsin/compare.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "score_words.hpp"
#include "text.hpp"
#include "wording.hpp"

namespace tocsin {

static_assert(part_count == part_columns.size());

namespace {

using wording::counted;
using wording::number;
using wording::percent;

std::string with_sign(int points) { return concat(points > 0 ? "+" : "", points); }

class Sentences {
 public:
  Sentences(const Config& config, const Comparison& change)
      : config_(config), change_(change), from_(change.from), to_(change.to) {}

  std::vector<std::string> write() {
    if (std::isnan(change_.difference)) {
      no_difference();
      return std::move(all_);
    }
    score();
    parts();
    certainty();
    level();
    ladder();
    mediation();
    return std::move(all_);
  }

 private:
  template <class... Parts>
  void say(const Parts&... parts) {
    all_.push_back(concat(parts...));
  }

  [[nodiscard]] std::string first() const { return to_words(change_.first); }
  [[nodiscard]] std::string second() const { return to_words(change_.second); }
  [[nodiscard]] int points() const { return whole(to_) - whole(from_); }
  [[nodiscard]] static int whole(const ScoreRow& row) { return static_cast<int>(std::lround(row[ScoreColumn::score])); }
  [[nodiscard]] bool is_known(ScoreColumn column) const {
    return !std::isnan(from_[column]) && !std::isnan(to_[column]);
  }

  void no_difference() {
    std::vector<std::string> days;
    if (std::isnan(from_[ScoreColumn::score])) days.push_back(first());
    if (std::isnan(to_[ScoreColumn::score])) days.push_back(second());
    say("There is no score for ", to_string(change_.pair), " on ", enumerated(days),
        ", so there is nothing to compare.");
  }

  void score() {
    const std::string now = whole_interval(to_);
    const std::string then = whole_interval(from_);
    const int size = std::abs(points());
    say(to_string(change_.pair), " scores ", whole(to_), " of 100 on ", second(),
        now.empty() ? "" : concat(" (90 % interval ", now, ")"), ", ",
        size == 0 ? std::string{"as much as on "}
                  : concat(counted(size, "point"), points() > 0 ? " more than on " : " less than on "),
        first(), size == 0 ? "" : concat(", when it scored ", whole(from_)),
        then.empty() ? "" : concat(size == 0 ? " (then " : " (", then, ")"), ".");
  }

  void parts() {
    std::array<std::size_t, part_count> order{0, 1, 2, 3, 4};
    const std::array<int, part_count>& points_of = change_.whole_parts;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return std::abs(points_of[a]) > std::abs(points_of[b]); });
    std::vector<std::string> moved;
    for (const std::size_t i : order) {
      if (points_of[i] != 0) moved.push_back(concat(part_words[i], " ", with_sign(points_of[i])));
    }
    if (moved.empty()) {
      say("None of its parts moved by a whole point.");
    } else {
      say(points() == 0 ? "Its parts moved against each other: " : "The difference comes from ", enumerated(moved),
          ".");
    }
  }

  void certainty() {
    if (is_known(ScoreColumn::score_low) && points() != 0) {
      const bool is_apart = from_[ScoreColumn::score_high] < to_[ScoreColumn::score_low] ||
                            to_[ScoreColumn::score_high] < from_[ScoreColumn::score_low];
      say(is_apart ? "The two intervals lie apart: chance in what was counted does not explain the difference."
                   : "The two intervals overlap: chance in what was counted may explain the difference.");
    }
    const bool first_is_young = from_[ScoreColumn::collected_days] < config_.warm_up_days;
    const bool second_is_young = to_[ScoreColumn::collected_days] < config_.warm_up_days;
    if (first_is_young || second_is_young) {
      say(first_is_young && second_is_young
              ? "Both scores are sketches, because "
              : concat("The score of ", first_is_young ? first() : second(), " is a sketch, because "),
          "fewer than ", counted(config_.warm_up_days, "day"), " had been collected.");
    }
    for (const auto& [row, day] : {std::pair{&from_, first()}, std::pair{&to_, second()}}) {
      if (row->status == Status::no_data)
        say("Nothing was collected on ", day, ": its score is that of the last day before.");
      if (row->status == Status::provisional) say("Reports about ", day, " still come in.");
    }
    // A component that comes or goes with the days that it needs is no movement of the crisis.
    const double covered = to_[ScoreColumn::coverage] - from_[ScoreColumn::coverage];
    if (std::abs(covered) < 0.05) return;
    say("The score uses ", percent(from_[ScoreColumn::coverage]), " of the information that it is made for on ",
        first(), " and ", percent(to_[ScoreColumn::coverage]), " on ", second(), ", which moves it as well.");
  }

  void level() {
    if (!is_known(ScoreColumn::hostile_rate)) return;
    const auto rate = [](const ScoreRow& row) {
      return number(row[ScoreColumn::hostile_rate]) + " a day" +
             wording::range(interval_of(row, ScoreColumn::hostile_rate_low, ScoreColumn::hostile_rate_high));
    };
    say("Hostile acts run at ", rate(to_), ", against ", rate(from_), " on ", first(), ".");
  }

  void ladder() {
    if (!is_known(ScoreColumn::rung)) return;
    const auto before = static_cast<std::size_t>(from_[ScoreColumn::rung]);
    const auto now = static_cast<std::size_t>(to_[ScoreColumn::rung]);
    if (before == now) return;
    say("On the ladder the pair went ", now > before ? "up" : "down", " from ", rung_words[before], " (", before,
        ") to ", rung_words[now], " (", now, ").");
  }

  void mediation() {
    const bool has_acts =
        from_[ScoreColumn::hostile_acts] >= config_.min_events && to_[ScoreColumn::hostile_acts] >= config_.min_events;
    if (!is_known(ScoreColumn::mediation_coverage) || !has_acts) return;
    const auto met = [](const ScoreRow& row) {
      return number(row[ScoreColumn::mediation_coverage]) +
             wording::range(
                 interval_of(row, ScoreColumn::mediation_coverage_low, ScoreColumn::mediation_coverage_high));
    };
    say("For each hostile act there are an estimated ", met(to_), " acts of mediation, against ", met(from_), ".");
  }

  const Config& config_;
  const Comparison& change_;
  const ScoreRow& from_;
  const ScoreRow& to_;
  std::vector<std::string> all_;
};

}  // namespace

Comparison compare(const Scores& scores, const Pair& pair, Day first, Day second) {
  Comparison change{pair, first, second, scores.at(pair, first), scores.at(pair, second), {}, 0, {}, {}};
  const double from = change.from[ScoreColumn::score];
  const double to = change.to[ScoreColumn::score];
  if (std::isnan(from) || std::isnan(to)) {
    change.difference = std::numeric_limits<double>::quiet_NaN();
    change.parts.fill(change.difference);
  } else {
    const std::array<double, part_count> before = known_parts(change.from);
    const std::array<double, part_count> after = known_parts(change.to);
    for (std::size_t i = 0; i < part_count; ++i) {
      change.parts[i] = after[i] - before[i];
      change.difference += change.parts[i];
    }
    change.whole_parts = whole_numbers(change.parts, static_cast<int>(std::lround(to) - std::lround(from)));
  }
  change.sentences = Sentences(scores.config(), change).write();
  return change;
}

}  // namespace tocsin
