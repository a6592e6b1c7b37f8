#include "parallel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tocsin/error.hpp"

namespace tocsin {
namespace {

void wait_a_little() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }

TEST(WorkerCount, IsNeverMoreThanTheItemsAndNeverZero) {
  EXPECT_EQ(worker_count(4, 100), 4U);
  EXPECT_EQ(worker_count(4, 3), 3U);
  EXPECT_EQ(worker_count(4, 0), 1U);
  EXPECT_GE(worker_count(0, 100), 1U);
  EXPECT_GE(worker_count(-1, 100), 1U);
}

TEST(ParallelFor, DoesEveryItemOnceWhateverTheThreads) {
  for (const int threads : {1, 2, 7}) {
    std::vector<std::atomic<int>> done(1000);
    parallel_for(done.size(), threads, [&](std::size_t i, const std::atomic<bool>&) { ++done[i]; }, {});
    for (std::size_t i = 0; i < done.size(); ++i)
      ASSERT_EQ(done[i], 1) << "item " << i << " on " << threads << " threads";
  }
}

TEST(ParallelFor, NoItemIsNoWork) {
  parallel_for(0, 2, [](std::size_t, const std::atomic<bool>&) { FAIL() << "there is no item"; }, {});
}

TEST(ParallelFor, ThrowsTheFaultOfTheSmallestFailingItem) {
  // Item 3 fails late, item 5 at once: whoever comes first, the caller always hears of 3.
  for (int attempt = 0; attempt < 20; ++attempt) {
    try {
      parallel_for(8, 4,
                   [](std::size_t i, const std::atomic<bool>&) {
                     if (i == 3) std::this_thread::sleep_for(std::chrono::milliseconds(5));
                     if (i == 3 || i == 5) throw std::runtime_error("item " + std::to_string(i));
                   },
                   {});
      FAIL() << "expected the fault of an item";
    } catch (const std::runtime_error& error) {
      ASSERT_STREQ(error.what(), "item 3");
    }
  }
}

TEST(ParallelFor, AFaultEndsTheCallEarly) {
  std::atomic<int> done{0};
  const auto work = [&](std::size_t i, const std::atomic<bool>&) {
    if (i == 0) throw InputError("the first item is broken");
    wait_a_little();
    ++done;
  };
  EXPECT_THROW(parallel_for(100000, 2, work, {}), InputError);
  EXPECT_LT(done, 100000);
}

TEST(ParallelFor, StopsWhenItIsAskedTo) {
  std::atomic<int> done{0};
  const RunControl control{[&] { return done > 10; }, {}};
  EXPECT_THROW(parallel_for(
                   100000, 2,
                   [&](std::size_t, const std::atomic<bool>&) {
                     wait_a_little();
                     ++done;
                   },
                   control),
               Cancelled);
  EXPECT_LT(done, 100000);
}

TEST(ParallelFor, ReportsProgressOnTheCallingThreadUpToTheEnd) {
  std::vector<std::size_t> reports;
  const std::thread::id caller = std::this_thread::get_id();
  const RunControl control{{}, [&](std::size_t done, std::size_t all) {
                             EXPECT_EQ(std::this_thread::get_id(), caller);
                             EXPECT_EQ(all, 300U);
                             reports.push_back(done);
                           }};
  parallel_for(300, 2, [](std::size_t, const std::atomic<bool>&) { wait_a_little(); }, control);
  ASSERT_GE(reports.size(), 2U) << "300 items of a millisecond on 2 threads take three looks";
  EXPECT_TRUE(std::is_sorted(reports.begin(), reports.end()));
  EXPECT_EQ(reports.back(), 300U);
}

TEST(ParallelFor, AnExceptionOfTheCallersOwnProgressLeavesAfterTheWorkersEnded) {
  std::atomic<int> at_work{0};
  const RunControl control{{}, [](std::size_t, std::size_t) { throw std::logic_error("the progress bar broke"); }};
  const auto work = [&](std::size_t, const std::atomic<bool>&) {
    ++at_work;
    wait_a_little();
    --at_work;
  };
  EXPECT_THROW(parallel_for(100000, 2, work, control), std::logic_error);
  EXPECT_EQ(at_work, 0);
}

}  // namespace
}  // namespace tocsin
