// The check values of INDICATORS, from the files that Python reads too (tests/parity/README.md).

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "sample_series.hpp"
#include "tocsin/codebook.hpp"
#include "tocsin/series.hpp"

namespace tocsin {
namespace {

using Json = nlohmann::json;
using Result = std::map<std::string, Json>;
using samples::every_day;
using Matrix = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

double number(const Json& value) { return value.is_null() ? samples::nan : value.get<double>(); }

Json to_json(double value) { return std::isnan(value) ? Json() : Json(value); }

Json to_json(const series::Array& values) {
  Json list = Json::array();
  for (const double value : values) list.push_back(to_json(value));
  return list;
}

Json to_json(const series::Flags& flags) { return to_json(series::Array(flags.cast<double>())); }

/// The arguments of a case; every one has to be read, or else a misspelt name would go unnoticed.
class Arguments {
 public:
  explicit Arguments(const Json& values) : values_(values) {}

  series::Array array(const std::string& name) {
    const Json& value = given(name);
    if (!value.is_array()) return samples::to_array({number(value)});
    std::vector<double> numbers;
    for (const Json& item : value) numbers.push_back(number(item));
    return samples::to_array(numbers);
  }

  Matrix matrix(const std::string& name) {
    const Json& rows = given(name);
    const auto width = static_cast<Eigen::Index>(rows[0].is_array() ? rows[0].size() : rows.size());
    Matrix matrix(rows[0].is_array() ? static_cast<Eigen::Index>(rows.size()) : 1, width);
    for (Eigen::Index i = 0; i < matrix.size(); ++i) {
      const auto row = static_cast<std::size_t>(i / width);
      const auto column = static_cast<std::size_t>(i % width);
      matrix(i / width, i % width) = number(rows[0].is_array() ? rows[row][column] : rows[column]);
    }
    return matrix;
  }

  double real(const std::string& name, double otherwise) {
    return values_.contains(name) ? number(given(name)) : otherwise;
  }
  int whole(const std::string& name, int otherwise) {
    return values_.contains(name) ? given(name).get<int>() : otherwise;
  }
  bool has(const std::string& name) const { return values_.contains(name); }
  const Json& given(const std::string& name) {
    read_.insert(name);
    return values_.at(name);
  }

  Belief belief() { return {real("prior_shape", 0.5), real("prior_rate", 0.5), real("dispersion", 1)}; }
  std::size_t unread() const { return values_.size() - read_.size(); }

 private:
  const Json& values_;
  std::set<std::string> read_;
};

Result discounted_rate(Arguments& a) {
  const series::Rate r = series::discounted_rate(a.array("y"), every_day, a.real("half_life_days", 14), a.belief());
  return {{"mean", to_json(r.mean)},
          {"low", to_json(r.low)},
          {"high", to_json(r.high)},
          {"shape", to_json(r.shape)},
          {"rate", to_json(r.rate)}};
}

Result rate_ratio(Arguments& a) {
  const RateRatio::Options options{a.whole("window_days", 7), a.whole("baseline_days", 28), a.whole("guard_days", 0)};
  const series::Ratio r = series::rate_ratio(a.array("y"), every_day, options, a.belief());
  return {{"log2_ratio", to_json(r.log2_ratio)},
          {"low", to_json(r.low)},
          {"high", to_json(r.high)},
          {"p_rising", to_json(r.p_rising)},
          {"absolute_change", to_json(r.absolute_change)}};
}

Result surprise(Arguments& a) {
  Surprise::Options options;
  options.baseline = {a.real("half_life_days", 180), a.whole("guard_days", 2)};
  const double dispersion = a.real("dispersion", samples::nan);
  if (!std::isnan(dispersion)) options.dispersion = dispersion;
  const series::Unusual r = series::surprise(a.array("y"), every_day, options);
  return {{"bans", to_json(r.bans)}, {"mid_p", to_json(r.mid_p)}, {"bits", to_json(r.bits)}};
}

Result predictive_tail(Arguments& a) {
  const GammaPosterior baseline{a.real("shape", 0), a.real("rate", 0)};
  const PredictiveTail r =
      series::predictive_tail(a.real("y", 0), a.real("exposure", 1), baseline, a.real("dispersion", 1));
  return {{"probability", std::exp(r.log_tail)}, {"bans", r.bans()}, {"mid_p", r.mid_p()}, {"bits", r.bits()}};
}

Result change_point(Arguments& a) {
  ChangePoint::Options options{a.real("hazard", 0.01), a.whole("window_days", 14), 64};
  const Belief belief{a.real("prior_shape", 1), a.real("prior_rate", 1), a.real("dispersion", 1)};
  const series::Changes r = series::change_point(a.array("y"), every_day, options, belief);
  return {{"p_recent", to_json(r.p_recent)},
          {"p_recent_up", to_json(r.p_recent_up)},
          {"expected_run", to_json(r.expected_run)},
          {"map_run", to_json(r.map_run)},
          {"rate", to_json(r.rate)},
          {"log_evidence", to_json(r.log_evidence)}};
}

Result cusum(Arguments& a) {
  const series::Rise r = series::cusum(a.array("y"), a.array("mean"), a.real("ratio", 2), a.real("dispersion", 1),
                                       a.real("false_alarm_days", 365));
  return {{"statistic", to_json(r.statistic)}, {"threshold", to_json(r.threshold)}, {"alarm", to_json(r.alarm)}};
}

Result goldstein_balance(Arguments& a) {
  const auto codes = a.given("codes").get<std::vector<std::string>>();
  const auto counts = a.given("counts").get<std::vector<double>>();
  const GoldsteinSums r = goldstein_sums(codes, counts, Codebook::shipped(a.given("scale").get<std::string>()));
  return {{"conflict", r.conflict},
          {"cooperation", r.cooperation},
          {"net", r.net()},
          {"mean_per_event", r.mean_per_event()},
          {"cooperation_share", r.cooperation_share()},
          {"unscaled", r.unscaled}};
}

Result material_share(Arguments& a) {
  const series::Share r = series::material_share(a.array("rhetoric"), a.array("material"), a.real("half_life_days", 14),
                                                 a.real("dispersion", 1));
  return {{"share", to_json(r.share)}, {"low", to_json(r.low)}, {"high", to_json(r.high)}};
}

Result rung(Arguments& a) {
  const series::Ladder r =
      series::rung(a.matrix("counts_by_rung"), {a.whole("window_days", 28), a.real("min_events", 2)});
  Json rows = Json::array();
  for (Eigen::Index t = 0; t < r.p_at_least.rows(); ++t)
    rows.push_back(to_json(series::Array(r.p_at_least.row(t).transpose())));
  return {{"supported_max", to_json(r.supported_max)}, {"p_at_least", rows}, {"mean_rung", to_json(r.mean_rung)}};
}

Result reciprocity(Arguments& a) {
  const series::Sides r = series::reciprocity(a.array("forward"), a.array("backward"), a.real("half_life_days", 14));
  return {{"balance", to_json(r.balance)}, {"asymmetry", to_json(r.asymmetry)}};
}

Result breadth(Arguments& a) {
  const series::Hill r = series::breadth(a.matrix("counts"), a.real("half_life_days", 14));
  return {{"shannon", to_json(r.shannon)}, {"simpson", to_json(r.simpson)}};
}

Result mediation_coverage(Arguments& a) {
  const MediationCoverage::Options options{a.whole("window_days", 28),
                                           {a.whole("growth_window_days", 7), a.whole("growth_baseline_days", 28), 0}};
  const series::Mediation r =
      series::mediation_coverage(a.array("mediation"), a.array("hostile"), options, a.real("dispersion", 1));
  return {{"coverage", to_json(r.coverage)},
          {"low", to_json(r.low)},
          {"high", to_json(r.high)},
          {"gap", to_json(r.gap)},
          {"days_since", to_json(r.days_since)},
          {"hostile_since", to_json(r.hostile_since)}};
}

Result phase_filter(Arguments& a) {
  const Matrix rows = a.matrix("transition");
  const series::Array means = a.array("means");
  const series::Array initial = a.array("initial");
  std::vector<std::vector<double>> transition;
  std::vector<std::vector<double>> columns;
  for (Eigen::Index k = 0; k < rows.rows(); ++k) {
    transition.emplace_back();
    for (Eigen::Index j = 0; j < rows.cols(); ++j) transition.back().push_back(rows(k, j));
    columns.push_back({means[k]});
  }
  const PhaseModel model = PhaseModel::fixed(transition, columns, {initial.begin(), initial.end()});
  const series::Array y = a.array("y");
  const series::Phases table = y.matrix().array();
  const series::CrisisPhase r =
      series::phase(table, every_day, {std::make_shared<const PhaseTables>(model), Baseline::Options{}});
  Json posterior = Json::array();
  for (Eigen::Index t = 0; t < r.posterior.rows(); ++t) {
    posterior.push_back(to_json(series::Array(r.posterior.row(t).transpose())));
  }
  return {{"posterior", posterior},
          {"entropy", to_json(r.entropy)},
          {"p_reach_hostilities", to_json(r.p_reach_hostilities)},
          {"log_likelihood", to_json(r.log_likelihood)}};
}

Result reproduction_number(Arguments& a) {
  ReproductionNumber::Options options{a.real("generation_half_life_days", 2),
                                      a.real("forgetting_half_life_days", 7),
                                      a.real("prior_shape", 1),
                                      a.real("prior_rate", 2),
                                      {}};
  const double ratio = a.real("attribution_ratio", samples::nan);
  if (!std::isnan(ratio)) options.attribution_ratio = ratio;
  const series::Reproduction r = series::reproduction_number(a.array("y"), every_day, a.array("exogenous_rate"),
                                                             options, a.real("dispersion", 1), {});
  return {{"mean", to_json(r.mean)},
          {"low", to_json(r.low)},
          {"high", to_json(r.high)},
          {"p_above_1", to_json(r.p_above_1)},
          {"pressure", to_json(r.pressure)},
          {"null_95", to_json(r.null_95)},
          {"regime_shift", to_json(r.regime_shift)}};
}

Json to_json(const Eigen::MatrixXd& matrix) {
  Json rows = Json::array();
  for (Eigen::Index i = 0; i < matrix.rows(); ++i) rows.push_back(to_json(series::Array(matrix.row(i).transpose())));
  return rows;
}

Result cross_excitation(Arguments& a) {
  CrossExcitation::Options options;
  options.generation_half_life_days = {a.real("generation_half_life_days", 2)};
  options.null_draws = a.whole("null_draws", 200);
  const auto r = series::cross_excitation(a.matrix("y"), options, a.whole("window_days", 180), Matrix{});
  const Eigen::MatrixXd& kernel = r.excitation.kernel;
  return {{"mu", to_json(series::Array(r.excitation.mu))},
          {"kernel", to_json(kernel)},
          {"spectral_radius", spectral_radius(kernel)},
          {"total_progeny", to_json(total_progeny(kernel))},
          {"log_likelihood", r.log_likelihood}};
}

Result attention_share(Arguments& a) {
  AttentionShare::Options options;
  if (a.has("prior")) {
    const series::Array prior = a.array("prior");
    options = {prior[0], prior[1]};
  }
  const series::Share r = series::attention_share(a.array("y"), a.array("total"), options);
  return {{"share", to_json(r.share)}, {"low", to_json(r.low)}, {"high", to_json(r.high)}};
}

Result post_mediation_change(Arguments& a) {
  const series::Damping r = series::post_mediation_change(a.array("mediation"), a.array("hostile"), every_day,
                                                          {a.whole("window_days", 7)}, a.real("dispersion", 1));
  return {{"log_rate_ratio", to_json(r.log_rate_ratio)},
          {"low", to_json(r.low)},
          {"high", to_json(r.high)},
          {"episodes", to_json(r.episodes)}};
}

Result slowing_down(Arguments& a) {
  SlowingDown::Options options;
  options.window_days = a.whole("window_days", 60);
  options.stabilises_variance = !a.has("residuals") || a.given("residuals") == "anscombe";
  const series::Slowing r = series::slowing_down(a.array("y"), options);
  return {{"lag1", to_json(r.lag1)},
          {"variance_to_mean", to_json(r.variance_to_mean)},
          {"kendall_tau", to_json(r.kendall_tau)},
          {"p_value", to_json(r.p_value)}};
}

Result ears(Arguments& a) {
  const Ears::Method method =
      a.has("method") ? Ears::method_named(a.given("method").get<std::string>()) : Ears::Method::c1;
  const series::Excess r = series::ears(a.array("y"), {method, a.real("min_sigma", 0.5)});
  return {{"statistic", to_json(r.statistic)}, {"upper", to_json(r.upper)}, {"alarm", to_json(r.alarm)}};
}

const std::map<std::string, std::function<Result(Arguments&)>>& indicators() {
  static const std::map<std::string, std::function<Result(Arguments&)>> all{
      {"attention_share", attention_share},
      {"post_mediation_change", post_mediation_change},
      {"slowing_down", slowing_down},
      {"discounted_rate", discounted_rate},
      {"rate_ratio", rate_ratio},
      {"surprise", surprise},
      {"predictive_tail", predictive_tail},
      {"cusum", cusum},
      {"change_point", change_point},
      {"phase_filter", phase_filter},
      {"cross_excitation", cross_excitation},
      {"reproduction_number", reproduction_number},
      {"ears", ears},
      {"goldstein_balance", goldstein_balance},
      {"material_share", material_share},
      {"rung", rung},
      {"reciprocity", reciprocity},
      {"breadth", breadth},
      {"mediation_coverage", mediation_coverage}};
  return all;
}

void expect_close(const Json& found, const Json& expected, double tolerance, const std::string& what) {
  if (!expected.is_array()) {
    EXPECT_PRED3(samples::is_close, number(found), number(expected), tolerance) << what;
    return;
  }
  ASSERT_EQ(found.size(), expected.size()) << what;
  for (std::size_t i = 0; i < expected.size(); ++i) expect_close(found[i], expected[i], tolerance, what);
}

void check(const Json& sample) {
  const std::string name = sample.at("indicator").get<std::string>();
  const std::string source = name + " (" + sample.at("source").get<std::string>() + ")";
  Arguments arguments(sample.at("arguments"));
  const Result found = indicators().at(name)(arguments);
  EXPECT_EQ(arguments.unread(), 0) << source << ": an argument was not read";
  const double tolerance = sample.at("tolerance").get<double>();
  const Json whole = sample.value("expected", Json::object());
  for (const auto& [field, expected] : whole.items()) {
    expect_close(found.at(field), expected, tolerance, source + ": " + field);
  }
  const Json last = sample.value("expected_last", Json::object());
  for (const auto& [field, expected] : last.items()) {
    const Json& value = found.at(field);
    expect_close(value.is_array() ? value.back() : value, expected, tolerance, source + ": " + field);
  }
  EXPECT_GT(whole.size() + last.size(), 0) << source << ": nothing is checked";
}

class Parity : public ::testing::TestWithParam<std::string> {};

TEST_P(Parity, HasTheCheckValues) {
  std::ifstream file(std::filesystem::path(TOCSIN_PARITY_DIR) / "cases" / (GetParam() + ".json"));
  const Json samples_of_indicator = Json::parse(file);
  ASSERT_FALSE(samples_of_indicator.empty());
  for (const Json& sample : samples_of_indicator) {
    EXPECT_EQ(sample.at("indicator"), GetParam());
    check(sample);
  }
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const auto& [name, function] : indicators()) all.push_back(name);
  return all;
}

INSTANTIATE_TEST_SUITE_P(CheckValues, Parity, ::testing::ValuesIn(names()),
                         [](const auto& sample) { return sample.param; });

TEST(ParityCases, EveryFileIsReadHere) {
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(TOCSIN_PARITY_DIR) / "cases")) {
    EXPECT_TRUE(indicators().contains(entry.path().stem().string())) << entry.path();
  }
}

}  // namespace
}  // namespace tocsin
