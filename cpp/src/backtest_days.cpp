#include "backtest_days.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "parallel.hpp"
#include "text.hpp"
#include "tocsin/baselines.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr std::size_t pairs_at_once = 8;  // the table of a pair takes some megabytes

using OnsetsByPair = std::vector<std::vector<Onset>>;

OnsetsByPair by_pair(const std::vector<Onset>& onsets, const std::vector<Pair>& pairs, std::int64_t& unmatched) {
  std::map<Pair, std::size_t> numbers;
  for (std::size_t i = 0; i < pairs.size(); ++i) numbers[pairs[i]] = i;
  OnsetsByPair result(pairs.size());
  for (const Onset& onset : onsets) {
    const auto place = numbers.find(onset.pair);
    if (place == numbers.end()) {
      ++unmatched;
    } else {
      result[place->second].push_back(onset);
    }
  }
  return result;
}

void require_same(const Scores& scores, const CountPanel& panel) {
  const auto& pairs = panel.pairs();
  const bool is_same = scores.calendar() == panel.calendar() &&
                       std::equal(pairs.begin(), pairs.end(), scores.pairs().begin(), scores.pairs().end(),
                                  [](const PairCounts& counts, const Pair& pair) { return counts.pair == pair; });
  if (!is_same) {
    throw InputError("the scores and the panel differ in their pairs or days; pass the panel that was scored");
  }
}

void require_fits(const ExtraPredictor& extra, const Scores& scores) {
  const auto fail = [&](const std::string& what) {
    throw InputError(concat("extra column ", in_quotes(extra.name), " ", what));
  };
  if (extra.values.size() != scores.pairs().size()) {
    fail(concat("is of ", extra.values.size(), " pairs, expected the ", scores.pairs().size(), " that are scored"));
  }
  for (const Eigen::VectorXd& values : extra.values) {
    if (values.size() != scores.calendar().size()) {
      fail(concat("has ", values.size(), " days, expected ", scores.calendar().size()));
    }
    for (const double value : values) {
      if (extra.is_probability && (value < 0 || value > 1)) {
        fail(concat("holds ", shortest(value), ", expected a probability from 0 to 1"));
      }
    }
  }
}

constexpr std::array contributions{ScoreColumn::intensity, ScoreColumn::momentum, ScoreColumn::self_sustaining,
                                   ScoreColumn::spread, ScoreColumn::restraint_deficit};

/// Names and values of everything that is judged.
class PredictorTable {
 public:
  PredictorTable(const Scores& scores, const CountPanel& panel, const std::vector<PairLabels>& labels,
                 const std::vector<ExtraPredictor>& extras, const BacktestOptions& options, bool has_history)
      : scores_(scores), panel_(panel), labels_(labels), extras_(extras), options_(options), has_history_(has_history) {
    for (const std::string& name : options.columns) add_column(name);
    for (const ExtraPredictor& extra : extras) {
      require_fits(extra, scores);
      add({extra.name, PredictorKind::extra, extra.sees_labels, extra.is_probability, {}});
    }
    has_ablation_ =
        options.has_ablation && std::find(columns_.begin(), columns_.end(), ScoreColumn::score) != columns_.end();
    if (has_ablation_) {
      for (const ScoreColumn part : contributions) {
        add({concat("score without ", name_of(part)), PredictorKind::ablation, false, false, {}});
      }
    }
    if (!options.has_baselines) return;
    for (const PlainPredictor& baseline : baselines())
      add({std::string{baseline.name}, PredictorKind::baseline, false, false, {}});
    climatology_ = climatology(labels, options.labels.horizon_days);
    add({"climatology", PredictorKind::baseline, true, false, {}});
    if (has_history_) add({"recency_of_events", PredictorKind::baseline, true, false, {}});
  }

  [[nodiscard]] std::vector<Predictor>& predictors() { return predictors_; }
  [[nodiscard]] bool needs_scores() const { return !columns_.empty(); }

  /// (days, predictors) of one pair. @param table  its scores, where `needs_scores`
  [[nodiscard]] Eigen::MatrixXd values_of(std::size_t pair, const PairScores* table) const {
    Eigen::MatrixXd values(scores_.calendar().size(), static_cast<Eigen::Index>(predictors_.size()));
    Eigen::Index next = 0;
    for (const ScoreColumn column : columns_) values.col(next++) = table->column(column);
    for (const ExtraPredictor& extra : extras_) values.col(next++) = extra.values[pair];
    if (has_ablation_) {
      for (const ScoreColumn part : contributions) {
        values.col(next++) = table->column(ScoreColumn::score) - table->column(part);
      }
    }
    if (!options_.has_baselines) return values;
    const Eigen::MatrixXd plain = baselines_of(panel_, pair);
    values.middleCols(next, plain.cols()) = plain;
    next += plain.cols();
    values.col(next++) = climatology_[pair];
    if (has_history_) values.col(next++) = recency(labels_[pair]);
    return values;
  }

 private:
  void add(Predictor predictor) {
    const auto is_same = [&](const Predictor& other) { return other.name == predictor.name; };
    if (std::any_of(predictors_.begin(), predictors_.end(), is_same)) {
      throw InputError(concat("predictor ", in_quotes(predictor.name), " stands twice; give it another name"));
    }
    predictors_.push_back(std::move(predictor));
  }

  void add_column(const std::string& name) {
    const auto column = find_score_column(name);
    if (!column) {
      std::vector<std::string> known;
      for (std::size_t i = 0; i < score_column_count; ++i) known.emplace_back(name_of(static_cast<ScoreColumn>(i)));
      throw InputError(concat("column ", in_quotes(name), " is none of the scores", nearest_hint(name, known)));
    }
    columns_.push_back(*column);
    add({name, PredictorKind::column, false, false, {}});
  }

  const Scores& scores_;
  const CountPanel& panel_;
  const std::vector<PairLabels>& labels_;
  const std::vector<ExtraPredictor>& extras_;
  const BacktestOptions& options_;
  bool has_history_;
  bool has_ablation_ = false;
  std::vector<ScoreColumn> columns_;
  std::vector<Predictor> predictors_;
  std::vector<Eigen::VectorXd> climatology_;
};

// The rows of a pair's table that have a label, and which days they are.
struct LabelledRows {
  std::vector<std::int32_t> days;
  Eigen::MatrixXd values;

  static LabelledRows of(const Eigen::MatrixXd& values, const PairLabels& labels) {
    LabelledRows rows;
    for (std::size_t day = 0; day < labels.labels.size(); ++day) {
      if (labels.labels[day] != PairLabels::unknown) rows.days.push_back(static_cast<std::int32_t>(day));
    }
    rows.values.resize(static_cast<Eigen::Index>(rows.days.size()), values.cols());
    for (std::size_t i = 0; i < rows.days.size(); ++i) {
      rows.values.row(static_cast<Eigen::Index>(i)) = values.row(rows.days[i]);
    }
    return rows;
  }
};

std::vector<LabelledRows> labelled_rows(const Scores& scores, const PredictorTable& table,
                                        const std::vector<PairLabels>& labels, int threads, const RunControl& control) {
  std::vector<LabelledRows> rows(labels.size());
  for (std::size_t first = 0; first < labels.size(); first += pairs_at_once) {
    stop_if_asked(control);
    std::vector<std::size_t> indices;
    for (std::size_t i = first; i < std::min(first + pairs_at_once, labels.size()); ++i) indices.push_back(i);
    const RunControl only_stop{control.should_stop, {}};
    const auto scored = table.needs_scores() ? scores.of(indices, only_stop) : std::vector<PairScores>{};
    parallel_for(
        indices.size(), threads,
        [&](std::size_t i, const std::atomic<bool>&) {
          const PairScores* own = scored.empty() ? nullptr : &scored[i];
          rows[indices[i]] = LabelledRows::of(table.values_of(indices[i], own), labels[indices[i]]);
        },
        only_stop);
    if (control.progress) control.progress(first + indices.size(), 2 * labels.size());
  }
  return rows;
}

// Keeps the predictors that have a value at all, and the days on which each of them has one.
void keep_complete(std::vector<LabelledRows> rows, const std::vector<PairLabels>& labels,
                   std::vector<Predictor> predictors, const LabelOptions& options, JudgedDays& judged,
                   Backtest& result) {
  std::vector<Eigen::Index> kept;
  for (std::size_t i = 0; i < predictors.size(); ++i) {
    const auto column = static_cast<Eigen::Index>(i);
    const bool has_value = std::any_of(rows.begin(), rows.end(), [&](const LabelledRows& of_pair) {
      return !of_pair.values.col(column).array().isNaN().all();
    });
    if (has_value) {
      kept.push_back(column);
      judged.predictors.push_back(std::move(predictors[i]));
    } else {
      result.left_out.push_back(predictors[i].name);
    }
  }
  std::vector<std::vector<double>> values(kept.size());
  for (std::size_t pair = 0; pair < rows.size(); ++pair) {
    for (std::size_t i = 0; i < rows[pair].days.size(); ++i) {
      const auto row = rows[pair].values.row(static_cast<Eigen::Index>(i));
      if (std::any_of(kept.begin(), kept.end(), [&](Eigen::Index column) { return std::isnan(row[column]); })) {
        ++result.incomplete_days;
        continue;
      }
      const auto day = static_cast<std::size_t>(rows[pair].days[i]);
      judged.cases.labels.push_back(labels[pair].labels[day]);
      judged.cases.pairs.push_back(static_cast<std::uint32_t>(pair));
      judged.days.push_back(rows[pair].days[i]);
      judged.is_recent.push_back(labels[pair].days_since[day] <= options.recent_days ? 1 : 0);
      for (std::size_t k = 0; k < kept.size(); ++k) values[k].push_back(row[kept[k]]);
    }
    rows[pair] = {};  // a hundred pairs take some hundred megabytes
  }
  for (std::size_t k = 0; k < kept.size(); ++k) {
    judged.predictors[k].values =
        Eigen::Map<const Eigen::VectorXd>(values[k].data(), static_cast<Eigen::Index>(values[k].size()));
    std::vector<double>().swap(values[k]);
  }
}

void count_days(const std::vector<PairLabels>& labels, const JudgedDays& judged, Backtest& result) {
  std::vector<bool> is_active(labels.size());
  for (std::size_t i = 0; i < judged.days.size(); ++i) {
    if (judged.cases.labels[i] == 0) continue;
    ++result.positive_days;
    result.recent_positive_days += judged.is_recent[i];
    is_active[judged.cases.pairs[i]] = true;
  }
  result.days = static_cast<std::int64_t>(judged.days.size());
  result.pairs = static_cast<std::int64_t>(labels.size());
  result.active_pairs = std::count(is_active.begin(), is_active.end(), true);
  for (const PairLabels& each : labels) {
    result.onsets += static_cast<std::int64_t>(each.onsets.size());
    result.unknown_days += std::count(each.labels.begin(), each.labels.end(), PairLabels::unknown);
  }
}

}  // namespace

JudgedDays judged_days(const Scores& scores, const CountPanel& panel, const std::vector<Onset>& onsets,
                       const std::vector<Onset>& militarised, const std::vector<ExtraPredictor>& extras,
                       const RunControl& control, Backtest& result) {
  require_same(scores, panel);
  const BacktestOptions& options = result.options;
  const OnsetsByPair own = by_pair(onsets, scores.pairs(), result.unmatched_onsets);
  std::int64_t elsewhere = 0;
  const OnsetsByPair forces = by_pair(militarised, scores.pairs(), elsewhere);
  std::vector<PairLabels> labels;
  for (std::size_t i = 0; i < own.size(); ++i) {
    labels.push_back(label_days(own[i], forces[i], scores.calendar(), options.labels));
  }
  const bool has_history = options.labels.target == Target::onset || !militarised.empty();
  PredictorTable table(scores, panel, labels, extras, options, has_history);
  auto rows = labelled_rows(scores, table, labels, options.threads, control);
  JudgedDays judged;
  judged.cases.pair_count = labels.size();
  keep_complete(std::move(rows), labels, std::move(table.predictors()), options.labels, judged, result);
  count_days(labels, judged, result);
  for (PairLabels& each : labels) judged.onsets.push_back(std::move(each.onsets));
  return judged;
}

}  // namespace tocsin
