#pragma once

#include <limits>
#include <string_view>
#include <vector>

namespace tocsin {

/// C5: the detectors C1, C2 and C3 of EARS, as a baseline to beat (Hutwagner, Thompson, Seeman and Treadwell 2003, J.
/// Urban Health 80 suppl. 1; Fricker, Hegler and Dunfee 2008, Statistics in Medicine 27).
///
/// x = (y[t] - mean) / max(sd, min_sigma), mean and sd (with n - 1) of seven days: t-7..t-1 for C1, t-9..t-3 for C2.
/// C3 = sum of max(0, C2[t-i] - 1) for i = 0, 1, 2. Alarm above 3 (C1, C2) or 2 (C3).
class Ears {
 public:
  enum class Method { c1, c2, c3 };

  static constexpr int window_days = 7;

  struct Options {
    Method method = Method::c1;
    double min_sigma = 0.5;  // counts; keeps a flat window from making every act an alarm
  };
  struct Reading {
    double statistic;  // NaN until the window is full, where a day in it is missing, and where sd = 0 = min_sigma
    double upper;      // mean + 3 max(sd, min_sigma), counts; needs the window only, not the day itself
    bool is_alarm;     // false where the statistic is NaN
  };
  struct State {
    std::vector<double> past =
        std::vector<double>(days_kept, std::numeric_limits<double>::quiet_NaN());                   // newest first
    std::vector<double> excess = std::vector<double>(2, std::numeric_limits<double>::quiet_NaN());  // of C3, as `past`

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("past", state.past);
      visit("excess", state.excess);
    }
  };

  explicit Ears(Options options) : options_(options) {}
  /// @throws StateError if the state does not hold as many days
  Ears(Options options, State state);

  /// @param exposure  0: not collected, `count` is not looked at
  Reading step(double count, double exposure);

  [[nodiscard]] const State& state() const { return state_; }

  /// "C1", "C2" or "C3". @throws InputError for another name
  [[nodiscard]] static Method method_named(std::string_view name);

 private:
  static constexpr std::size_t days_kept = 9;  // C2 looks back to t-9

  Options options_;
  State state_;
};

}  // namespace tocsin
