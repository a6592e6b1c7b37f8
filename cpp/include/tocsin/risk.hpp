#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tocsin/logistic.hpp"
#include "tocsin/onset.hpp"
#include "tocsin/posterior.hpp"
#include "tocsin/risk_features.hpp"
#include "tocsin/run_control.hpp"
#include "tocsin/scores.hpp"

namespace tocsin {

/// One set of coefficients of the risk model: a logistic regression on standardised features, and a calibration line
/// fitted on pairs that its coefficients had not seen.
///
/// logit P = calibration_intercept + calibration_slope (intercept + sum of coefficient (x - mean) / spread)
struct RiskEquation {
  struct Term {
    RiskFeature feature{};
    double mean = 0;
    double spread = 1;       // standard deviation over the days of the fit
    double coefficient = 0;  // log-odds for one `spread` more

    friend bool operator==(const Term&, const Term&) = default;
  };
  /// How it did on pairs that were left out, before the calibration step. NaN: there were too few pairs to leave any
  /// out.
  struct HeldOut {
    double auc;
    double average_precision;
    double brier_skill;  // over the base rate of the days of the fit
  };

  std::vector<Term> terms;
  double intercept = 0;        // log-odds at the means
  Eigen::MatrixXd covariance;  // of intercept and coefficients; clusters are pairs
  double calibration_intercept = 0;
  double calibration_slope = 1;
  HeldOut held_out{};

  /// Calibrated log-odds at the means.
  [[nodiscard]] double base() const { return calibration_intercept + calibration_slope * intercept; }
  /// What each term adds to it, in calibrated log-odds. @param features  one row of a RiskFeatureTable
  [[nodiscard]] Eigen::VectorXd contributions(const Eigen::Ref<const Eigen::RowVectorXd>& features) const;
  /// Standard deviation of the calibrated log-odds, from the uncertainty of the coefficients alone.
  [[nodiscard]] double spread(const Eigen::Ref<const Eigen::RowVectorXd>& features) const;
};

/// The chance that force begins, on one day, and what it is made of. NaN where the status does not allow one.
struct RiskReading {
  Status status = Status::no_data;
  double risk = 0;
  Interval interval{};  // 5-95 %
  double logit = 0;     // `base` plus the contributions, in their order
  double base = 0;
  std::vector<RiskFeature> features;
  std::vector<double> contributions;
  std::optional<double> days_since_onset;  // where onsets were given and there was one
};

/// One pair on every day of the calendar.
struct PairRisks {
  Pair pair;
  std::vector<Status> status;
  Eigen::VectorXd risk;
  Eigen::VectorXd low;
  Eigen::VectorXd high;
};

/// Will it come to force? The chance that an onset begins within some days, given that none did for some time.
///
/// A fitted model, never the score itself. Immutable.
class RiskModel {
 public:
  struct Options {
    int horizon_days = 30;
    int quiet_days = 60;     // fitted to days on which none had begun for so long
    int min_level = 4;       // of an onset; those without a level count too
    int warm_up_days = 365;  // collected days before there is a risk
    double ridge = 100;
    int folds = 10;                        // of pairs, for the calibration
    int threads = 0;                       // 0: one per core. The result does not depend on it.
    std::optional<Calendar> covered = {};  // days that the source of the onsets speaks of; absent: those of the scores
  };
  /// What it was fitted to.
  struct Training {
    std::string description;
    std::int64_t pairs = 0;
    std::int64_t days = 0;           // pair-days
    std::int64_t positive_days = 0;  // with an onset within the horizon

    [[nodiscard]] double base_rate() const { return static_cast<double>(positive_days) / static_cast<double>(days); }
    friend bool operator==(const Training&, const Training&) = default;
  };

  /// Fitted by tools/fit_risk_model.py on the data that `training()` names (docs/method.md).
  [[nodiscard]] static const RiskModel& shipped();

  /// Fits both equations, the one that sees events alone and the one that sees past onsets too.
  ///
  /// @param scores       of one panel or several; a pair of several panels is one pair
  /// @param onsets       of any pairs. A pair without one is taken for a pair in which nothing began, so pairs that the
  ///                     source of the onsets does not speak of have to be left out of the scores
  /// @param description  of the data
  /// @throws InputError  where no day or every day is followed by an onset, or a panel lacks what the features need
  [[nodiscard]] static RiskModel fit(const std::vector<const Scores*>& scores, const std::vector<Onset>& onsets,
                                     const std::string& description, const Options& options,
                                     const RunControl& control = {});

  /// Every day of every pair, in the order of the scores. @param onsets  null: the equation for events alone is used
  /// @throws InputError for scores that were read from a document: the counts behind them are needed
  [[nodiscard]] std::vector<PairRisks> predict(const Scores& scores, const std::vector<Onset>* onsets = nullptr,
                                               int threads = 0, const RunControl& control = {}) const;
  /// One pair on one day. @throws InputError for a pair or a day that is not there, and as predict()
  [[nodiscard]] RiskReading at(const Scores& scores, const Pair& pair, Day day,
                               const std::vector<Onset>* onsets = nullptr) const;

  /// @throws InputError if the document is not one, of another version, inconsistent, or does not match its hash
  [[nodiscard]] static RiskModel from_json(std::string_view text);
  [[nodiscard]] std::string to_json() const;
  /// Of everything but the description of the data: equal for equal predictions.
  [[nodiscard]] const std::string& hash() const { return hash_; }

  [[nodiscard]] const Options& options() const { return options_; }
  [[nodiscard]] const Training& training() const { return training_; }
  [[nodiscard]] const RiskEquation& events() const { return events_; }
  [[nodiscard]] const RiskEquation& with_onsets() const { return with_onsets_; }

 private:
  friend struct RiskDocument;

  Options options_;
  Training training_;
  RiskEquation events_;
  RiskEquation with_onsets_;
  std::string hash_;
};

/// The features of the panel behind some scores, as a model with these options looks at them.
/// @throws InputError for scores that were read from a document
[[nodiscard]] RiskFeatures risk_features(const Scores& scores, const RiskModel::Options& options);

/// What the model says of one pair on one day, in sentences: the chance with its interval, what it is compared with,
/// and what raises and lowers it most. @throws InputError as RiskModel::at
[[nodiscard]] std::vector<std::string> explain(const RiskModel& model, const Scores& scores, const Pair& pair, Day day,
                                               const std::vector<Onset>* onsets = nullptr);

}  // namespace tocsin
