#include "tocsin/explain.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "briefing.hpp"
#include "score_words.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "wording.hpp"

namespace tocsin {

namespace {

using wording::counted;
using wording::number;
using wording::percent;

constexpr std::array<std::string_view, 4> phase_words{"calm", "tension", "confrontation", "open hostilities"};

constexpr std::array<std::string_view, 2> audience_names{"analyst", "briefing"};
constexpr std::array<std::string_view, 6> topic_names{"score", "certainty", "drivers", "tempo", "ladder", "mediation"};

constexpr double most_doublings = 6;

class Sentences {
 public:
  Sentences(const Config& config, const Pair& pair, Day day, const ScoreRow& row)
      : config_(config), pair_(pair), day_(day), row_(row), collected_days_(row[ScoreColumn::collected_days]) {}

  std::vector<Sentence> write() {
    score();
    topic_ = Topic::certainty;
    reliability();
    const bool has_been_dark_too_long = row_.status == Status::no_data && !is_known(ScoreColumn::score);
    if (has_been_dark_too_long || collected_days_ == 0) return std::move(all_);
    topic_ = Topic::drivers;
    parts();
    topic_ = Topic::tempo;
    level();
    topic_ = Topic::ladder;
    ladder();
    topic_ = Topic::tempo;
    trend();
    change();
    surprise();
    topic_ = Topic::drivers;
    words_and_deeds();
    sides();
    reproduction();
    topic_ = Topic::tempo;
    phase();
    topic_ = Topic::mediation;
    mediation();
    topic_ = Topic::drivers;
    balance();
    return std::move(all_);
  }

 private:
  template <class... Parts>
  void say(const Parts&... parts) {
    all_.push_back({topic_, concat(parts...)});
  }

  [[nodiscard]] bool is_known(ScoreColumn column) const { return !std::isnan(row_[column]); }
  [[nodiscard]] bool is_warming_up() const { return collected_days_ < config_.warm_up_days; }

  [[nodiscard]] bool has_few_recent_acts() const { return row_[ScoreColumn::recent_acts] < config_.min_events; }

  void score() {
    const std::string who = to_string(pair_);
    if (!is_known(ScoreColumn::score)) {
      say("There is no score for ", who, " on ", to_words(day_), ": ",
          collected_days_ == 0             ? std::string{"nothing has been collected yet"}
          : row_.status == Status::no_data ? std::string{"nothing has been collected for too long"}
                                           : too_little(),
          ".");
      return;
    }
    const std::string interval = whole_interval(row_);
    const std::string bounds = interval.empty() ? "" : concat(" (90 % interval ", interval, ")");
    say(who, " scores ", std::lround(row_[ScoreColumn::score]), " of 100 on ", to_words(day_), bounds,
        ", where 0 is a silent pair and 100 has every part at its goalpost.");
  }

  [[nodiscard]] std::string too_little() const {
    const double coverage = row_[ScoreColumn::coverage];
    return concat("only ", percent(coverage),
                  coverage < 0.4 ? " of the information that it is made for was collected, and 40 % are needed"
                                 : " of its weight could be computed, and 60 % are needed");
  }

  void reliability() {
    if (row_.status == Status::no_data && is_known(ScoreColumn::score)) {
      say("No hostile count was collected on this day: the score is held from the last day that has one",
          is_known(ScoreColumn::score_low) ? ", and its interval is wider." : ".");
    }
    if (is_known(ScoreColumn::score) && is_warming_up()) {
      say("The score is still warming up: it rests on ", counted(collected_days_, "collected day"), " of the ",
          config_.warm_up_days, " that it needs, so take it as a sketch.");
    } else if (row_.status == Status::provisional) {
      say("The day is provisional: reports of the last ", counted(config_.settle_days, "day"), " still come in.");
    }
    if (is_known(ScoreColumn::score) && row_[ScoreColumn::coverage] < 0.995) {
      say("It uses ", percent(row_[ScoreColumn::coverage]), " of the information that it is made for; ",
          row_[ScoreColumn::score_max] > row_[ScoreColumn::score] + 0.5
              ? concat("the parts that could not be computed would raise it to at most ",
                       std::lround(row_[ScoreColumn::score_max]), ".")
              : std::string{"every part could be computed, some from fewer signals."});
    }
  }

  void parts() {
    if (!is_known(ScoreColumn::score) || row_[ScoreColumn::score] == 0) return;
    const int whole = static_cast<int>(std::lround(row_[ScoreColumn::score]));
    const std::array<int, 5> points = whole_numbers(known_parts(row_), whole);
    std::array<std::size_t, 5> order{0, 1, 2, 3, 4};
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return points[a] > points[b]; });
    std::vector<std::string> named;
    for (const std::size_t i : order) {
      if (is_known(part_columns[i])) named.push_back(concat(part_words[i], " ", points[i]));
    }
    say("Its points come from ", joined(named), ".");
  }

  // What "usual" is learnt from: the slow window, or less where less was collected.
  [[nodiscard]] std::string record() const {
    const double slow_days = config_.half_life_slow_days;
    if (collected_days_ < slow_days) return concat("the ", counted(collected_days_, "day"), " collected so far");
    return slow_days == 180 ? "the last half-year" : concat("the last ", counted(slow_days, "day"));
  }

  void level() {
    const double slow = row_[ScoreColumn::hostile_rate_slow];
    const Interval interval = interval_of(row_, ScoreColumn::hostile_rate_low, ScoreColumn::hostile_rate_high);
    say("Hostile acts are running at ", number(row_[ScoreColumn::hostile_rate]), " a day", wording::range(interval),
        ", against ", number(slow), " a day as ",
        is_warming_up() ? "a first guess at what is usual here" : concat("usual over ", record()), ".");
  }

  void ladder() {
    if (row_[ScoreColumn::rung] > 0) {
      const auto rung = static_cast<std::size_t>(row_[ScoreColumn::rung]);
      say("The highest step of the ladder that at least 2 events reach in ", config_.baseline_days, " days is ",
          rung_words[rung], " (rung ", rung, " of 7)",
          row_[ScoreColumn::rung_is_coarse] == 1 ? ", roughly: counts without codes do not tell steps apart." : ".");
    }
  }

  void trend() {
    const double ratio = row_[ScoreColumn::rate_ratio_log2];
    const int recent = config_.recent_days;
    const int before = config_.baseline_days;
    if (collected_days_ < recent + before && row_[ScoreColumn::hostile_acts] > 0) {
      say("No trend is given yet: the last ", recent, " days are compared with the ", before,
          " days before them, and only ", counted(collected_days_, "day"), collected_days_ == 1 ? " has" : " have",
          " been collected.");
      return;
    }
    if (!is_known(ScoreColumn::rate_ratio_log2)) return;
    if (has_few_recent_acts()) {
      say("Fewer than ", number(config_.min_events), " hostile acts in the last ", recent,
          " days are too few to speak of a trend.");
      return;
    }
    const double change = row_[ScoreColumn::absolute_change];
    const std::string amount = std::abs(change) < 0.005 ? "about 0" : concat(change > 0 ? "+" : "", number(change));
    // After silence the ratio rests on the prior alone: its size means nothing, only its direction does.
    const Interval interval = interval_of(row_, ScoreColumn::rate_ratio_log2_low, ScoreColumn::rate_ratio_log2_high);
    const std::string step = ratio > most_doublings ? concat("more than ", number(most_doublings), " doublings above")
                                                    : wording::doublings(ratio);
    say("The last ", recent, " days are ", step, " the ", before, " days before them",
        ratio > most_doublings ? "" : wording::range(interval), ", a change of ", amount,
        " acts a day; probability of a real increase ", percent(row_[ScoreColumn::p_rising]), ".");
  }

  void change() {
    if (!is_known(ScoreColumn::p_change) || has_few_recent_acts()) return;
    const double changed = row_[ScoreColumn::p_change];
    const double up = row_[ScoreColumn::p_change_up];
    if (changed < 0.5) return;
    say("The tempo has probably changed within the last 14 days (", percent(changed), "), ",
        up > changed / 2 ? "to more than is usual here." : "though not to more than is usual here.");
  }

  void surprise() {
    if (!is_known(ScoreColumn::surprise)) return;
    constexpr double noteworthy_bans = 1;
    const double bans = row_[ScoreColumn::surprise];
    if (bans == 0) {
      say("No hostile act was recorded on the day itself.");
    } else if (bans < noteworthy_bans) {
      say("The day itself is not unusual: judged by the record so far, ", percent(std::pow(10, -bans)),
          " of days are as busy or busier.");
    } else if (is_warming_up()) {
      say("The day is busier than the ", counted(collected_days_, "day"),
          " collected so far suggest; the record is too short to say how rare that is.");
    } else if (bans > 6) {
      say("Judged by ", record(), ", a day as busy as this comes less than once in a million days.");
    } else {
      say("Judged by ", record(), ", a day as busy as this comes about once in ",
          number(std::round(std::pow(10, bans))), " days.");
    }
  }

  // A share of one or two acts is no finding.
  [[nodiscard]] bool has_few_acts() const { return row_[ScoreColumn::hostile_acts] < config_.min_events; }

  void words_and_deeds() {
    if (!is_known(ScoreColumn::material_share) || has_few_acts()) return;
    const Interval share = interval_of(row_, ScoreColumn::material_share_low, ScoreColumn::material_share_high);
    say("An estimated ", percent(row_[ScoreColumn::material_share]), " of recent hostile acts are deeds, not words",
        wording::percent_range(share), ".");
  }

  void sides() {
    if (has_few_acts()) return;
    if (is_known(ScoreColumn::reciprocity)) {
      const double lean = row_[ScoreColumn::asymmetry];
      const std::string& more = lean >= 0 ? pair_.first : pair_.second;
      say("Exchanges are ", percent(row_[ScoreColumn::reciprocity]), " balanced; ", more, " does ",
          percent((1 + std::abs(lean)) / 2), " of the hostile acts.");
    }
    if (is_known(ScoreColumn::breadth)) {
      say("Hostility is spread over the equivalent of ", number(row_[ScoreColumn::breadth]),
          " equally busy kinds of act, by direction and signal.");
    }
  }

  // Acts that draw acts and a level that rises look alike: the number is not given without what the second would give.
  void reproduction() {
    const double null = row_[ScoreColumn::reproduction_null];
    if (std::isnan(null) || has_few_recent_acts()) return;
    const double drawn = row_[ScoreColumn::reproduction_number];
    const Interval range =
        interval_of(row_, ScoreColumn::reproduction_number_low, ScoreColumn::reproduction_number_high);
    say("Each hostile act is currently followed by ", number(drawn), " more", wording::range(range), "; ",
        drawn > null ? concat("a mere change of level gives at most ", number(null),
                              " in 95 of 100 simulations, so the acts seem to draw each other.")
                     : concat("a mere change of level gives up to ", number(null),
                              " as well, so nothing says that the acts draw each other."));
  }

  void phase() {
    if (!is_known(ScoreColumn::phase) || has_few_acts()) return;
    const auto phase = static_cast<std::size_t>(row_[ScoreColumn::phase]) - 1;
    const double likely = row_.values[static_cast<std::size_t>(ScoreColumn::p_calm) + phase];
    say("The days look most like ", phase_words[phase], " (", percent(likely), ")",
        phase + 1 == phase_words.size()
            ? std::string{"."}
            : concat(
                  "; if the transitions of past crises hold, open hostilities follow within a week with probability ",
                  percent(row_[ScoreColumn::p_hostilities_soon]), "."));
  }

  void mediation() {
    if (!is_known(ScoreColumn::mediation_coverage) || has_few_acts()) return;
    const Interval range = interval_of(row_, ScoreColumn::mediation_coverage_low, ScoreColumn::mediation_coverage_high);
    const double days = row_[ScoreColumn::days_since_mediation];
    if (std::isnan(days)) {
      say("No mediation has been recorded so far",
          std::isnan(range.high) ? "." : concat("; at most ", number(range.high), " acts of it per hostile act."));
    } else {
      const double since = row_[ScoreColumn::hostile_since_mediation];
      const std::string last =
          days == 0 ? std::string{"it was recorded on this day"}
                    : concat("the last one recorded was ", counted(days, "day"), " ago, with ",
                             since == 0 ? std::string{"no hostile act"} : counted(since, "hostile act"), " since");
      say("An estimated ", number(row_[ScoreColumn::mediation_coverage]), " mediation acts meet each hostile act",
          wording::range(range), " over ", config_.baseline_days, " days; ", last, ".");
    }
    const bool has_gap = is_known(ScoreColumn::mediation_gap) && !has_few_recent_acts() &&
                         collected_days_ >= config_.recent_days + config_.baseline_days;
    if (!has_gap) return;
    const double gap = row_[ScoreColumn::mediation_gap];
    const std::string size =
        std::abs(gap) > most_doublings ? concat("more than ", number(most_doublings)) : number(std::abs(gap));
    say(gap >= 0 ? "Hostility has outgrown mediation by " : "Mediation has outgrown hostility by ", size,
        " doublings, the last ", config_.recent_days, " days against the ", config_.baseline_days, " before.");
  }

  void balance() {
    if (!is_known(ScoreColumn::goldstein_conflict)) return;
    const double conflict = row_[ScoreColumn::goldstein_conflict];
    const double cooperation = row_[ScoreColumn::goldstein_cooperation];
    if (conflict == 0 && cooperation == 0) return;
    say("On the Goldstein scale, which gives kinds of act weights from -10 (hostile) to +10, recent days weigh ",
        number(conflict), " of conflict and +", number(cooperation), " of cooperation.");
  }

  const Config& config_;
  const Pair& pair_;
  Day day_;
  const ScoreRow& row_;
  double collected_days_;
  Topic topic_ = Topic::score;
  std::vector<Sentence> all_;
};

}  // namespace

std::string_view name_of(Audience audience) { return audience_names[static_cast<std::size_t>(audience)]; }
std::string_view name_of(Topic topic) { return topic_names[static_cast<std::size_t>(topic)]; }

std::optional<Audience> find_audience(std::string_view name) {
  const auto place = std::find(audience_names.begin(), audience_names.end(), name);
  if (place == audience_names.end()) return std::nullopt;
  return static_cast<Audience>(place - audience_names.begin());
}

std::vector<Sentence> sentences(const Scores& scores, const Pair& pair, Day day, Audience audience) {
  const ScoreRow row = scores.at(pair, day);
  if (audience == Audience::briefing) return briefing(scores.config(), pair, day, row);
  return Sentences(scores.config(), pair, day, row).write();
}

std::vector<std::string> explain(const Scores& scores, const Pair& pair, Day day, Audience audience) {
  std::vector<std::string> texts;
  for (Sentence& sentence : sentences(scores, pair, day, audience)) texts.push_back(std::move(sentence.text));
  return texts;
}

std::vector<std::string> headlines(const Scores& scores, const Pair& pair, const std::vector<std::int32_t>& days) {
  const PairScores table = scores.of(pair);
  std::vector<std::string> texts;
  for (const std::int32_t day : days) {
    if (day < 0 || day >= scores.calendar().size())
      throw InputError(concat("day ", day, " of a calendar of ", scores.calendar().size(), " days"));
    texts.push_back(headline(pair, scores.calendar().first + day, table.row(day)));
  }
  return texts;
}

std::string_view main_driver(const ScoreRow& row) {
  std::string_view driver;
  double most = 0;
  for (const ScoreColumn group : part_columns) {
    if (!(row[group] > most)) continue;
    most = row[group];
    driver = name_of(group);
  }
  return driver;
}

}  // namespace tocsin
