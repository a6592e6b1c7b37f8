#include "briefing.hpp"

#include <cmath>

#include "score_words.hpp"
#include "text.hpp"
#include "wording.hpp"

namespace tocsin {

namespace {

using wording::counted;
using wording::number;
using wording::percent;

// "4 times as many", "half as many": a ratio that was kept as doublings.
std::string times(double log2_ratio) { return number(std::exp2(log2_ratio)); }

std::string times_range(const Interval& doublings) {
  if (std::isnan(doublings.low)) return {};
  return wording::range({std::exp2(doublings.low), std::exp2(doublings.high)});
}

class Briefing {
 public:
  Briefing(const Config& config, const Pair& pair, Day day, const ScoreRow& row)
      : config_(config), pair_(pair), day_(day), row_(row), collected_days_(row[ScoreColumn::collected_days]) {}

  std::vector<Sentence> write() {
    score();
    reliability();
    const bool is_in_the_dark = row_.status == Status::no_data && !is_known(ScoreColumn::score);
    if (is_in_the_dark || collected_days_ == 0) return std::move(all_);
    level();
    trend();
    ladder();
    deeds();
    mediation();
    return std::move(all_);
  }

 private:
  template <class... Parts>
  void say(Topic topic, const Parts&... parts) {
    all_.push_back({topic, concat(parts...)});
  }

  [[nodiscard]] bool is_known(ScoreColumn column) const { return !std::isnan(row_[column]); }

  void score() {
    const std::string who = to_string(pair_);
    if (!is_known(ScoreColumn::score)) {
      say(Topic::score, "Nothing can be said of how escalated ", who, " is on ", to_words(day_), ": too little was ",
          "collected.");
      return;
    }
    say(Topic::score, who, " stands at ", std::lround(row_[ScoreColumn::score]), " on ", to_words(day_),
        ", on a scale from 0 (the two do nothing to each other) to 100.");
    const std::string interval = whole_interval(row_);
    if (interval.empty()) return;
    say(Topic::certainty, "Chance in what happened to be counted could put it anywhere from ",
        std::lround(row_[ScoreColumn::score_low]), " to ", std::lround(row_[ScoreColumn::score_high]), ".");
  }

  void reliability() {
    if (row_.status == Status::no_data && is_known(ScoreColumn::score)) {
      say(Topic::certainty, "Nothing was collected on this day, so the figure is that of the last day with reports.");
    }
    if (is_known(ScoreColumn::score) && collected_days_ < config_.warm_up_days) {
      say(Topic::certainty, "Take it as a sketch: it needs ", counted(config_.warm_up_days, "day"), " of reports, and ",
          counted(collected_days_, "day"), collected_days_ == 1 ? " is there." : " are there.");
    } else if (row_.status == Status::provisional) {
      say(Topic::certainty, "Reports about this day still come in, so the figure may change.");
    }
  }

  void level() {
    const Interval range = interval_of(row_, ScoreColumn::hostile_rate_low, ScoreColumn::hostile_rate_high);
    say(Topic::tempo, "Between them there are about ", number(row_[ScoreColumn::hostile_rate]), " hostile acts a day",
        wording::range(range), ", in words or in deeds; usual for them is ",
        number(row_[ScoreColumn::hostile_rate_slow]), ".");
  }

  void trend() {
    const bool is_claimable = is_known(ScoreColumn::rate_ratio_log2) &&
                              collected_days_ >= config_.recent_days + config_.baseline_days &&
                              row_[ScoreColumn::recent_acts] >= config_.min_events;
    if (!is_claimable) return;
    const double doublings = row_[ScoreColumn::rate_ratio_log2];
    const Interval range = interval_of(row_, ScoreColumn::rate_ratio_log2_low, ScoreColumn::rate_ratio_log2_high);
    // After silence the ratio rests on what is believed of a pair with no past: its size means nothing.
    constexpr double most_doublings = 6;
    const std::string ratio =
        doublings > most_doublings ? "many times" : concat(times(doublings), " times", times_range(range));
    say(Topic::tempo, "The last ", counted(config_.recent_days, "day"), " brought ", ratio,
        " as many acts a day as the ", counted(config_.baseline_days, "day"),
        " before; the probability that things are really getting worse is ", percent(row_[ScoreColumn::p_rising]), ".");
  }

  void ladder() {
    if (!(row_[ScoreColumn::rung] > 0)) return;
    const auto rung = static_cast<std::size_t>(row_[ScoreColumn::rung]);
    say(Topic::ladder, "The gravest kind of act that was seen at least twice in the last ",
        counted(config_.baseline_days, "day"), " is ", rung_words[rung], ", step ", rung, " of 7.");
  }

  [[nodiscard]] bool has_few_acts() const { return row_[ScoreColumn::hostile_acts] < config_.min_events; }

  void deeds() {
    if (has_few_acts()) return;
    if (is_known(ScoreColumn::material_share)) {
      const Interval share = interval_of(row_, ScoreColumn::material_share_low, ScoreColumn::material_share_high);
      say(Topic::drivers, "About ", percent(row_[ScoreColumn::material_share]), wording::percent_range(share),
          " of the hostile acts are deeds; the others are words.");
    }
    if (is_known(ScoreColumn::asymmetry) && is_known(ScoreColumn::reciprocity)) {
      const double lean = row_[ScoreColumn::asymmetry];
      say(Topic::drivers, std::abs(lean) < 0.1 ? std::string{"Both sides do about as much."}
                                               : concat(lean > 0 ? pair_.first : pair_.second, " does ",
                                                        percent((1 + std::abs(lean)) / 2), " of them."));
    }
  }

  void mediation() {
    if (!is_known(ScoreColumn::mediation_coverage) || has_few_acts()) return;
    const double days = row_[ScoreColumn::days_since_mediation];
    if (std::isnan(days)) {
      say(Topic::mediation, "No attempt to mediate has been recorded so far.");
      return;
    }
    const double since = row_[ScoreColumn::hostile_since_mediation];
    say(Topic::mediation, "The last attempt to mediate was recorded ",
        days == 0 ? std::string{"on this day"} : concat(counted(days, "day"), " before"),
        days == 0 ? "."
                  : concat("; since then there ", since == 1 ? "was " : "were ",
                           since == 0 ? std::string{"no hostile acts"} : counted(since, "hostile act"), "."));
  }

  const Config& config_;
  const Pair& pair_;
  Day day_;
  const ScoreRow& row_;
  double collected_days_;
  std::vector<Sentence> all_;
};

std::string_view word_of(std::string_view driver) {
  for (std::size_t i = 0; i < part_columns.size(); ++i) {
    if (name_of(part_columns[i]) == driver) return part_words[i];
  }
  return {};
}

}  // namespace

std::vector<Sentence> briefing(const Config& config, const Pair& pair, Day day, const ScoreRow& row) {
  return Briefing(config, pair, day, row).write();
}

std::string headline(const Pair& pair, Day day, const ScoreRow& row) {
  if (std::isnan(row[ScoreColumn::score])) return concat(to_string(pair), " has no score on ", to_words(day), ".");
  const std::string interval = whole_interval(row);
  const std::string_view driver = word_of(main_driver(row));
  return concat(to_string(pair), " scores ", std::lround(row[ScoreColumn::score]), " of 100 on ", to_words(day),
                interval.empty() ? "" : concat(" (90 % interval ", interval, ")"),
                driver.empty() ? "" : concat(", mostly for ", driver), ".");
}

}  // namespace tocsin
