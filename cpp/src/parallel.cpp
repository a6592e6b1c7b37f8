#include "parallel.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "tocsin/error.hpp"

namespace tocsin {

namespace {

// What the workers and the watching thread share.
struct Shared {
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> done{0};
  std::atomic<bool> is_stopping{false};
  std::mutex mutex;
  std::condition_variable one_worker_ended;
  std::size_t running = 0;     // guarded by mutex
  std::exception_ptr fault;    // guarded by mutex
  std::size_t fault_item = 0;  // guarded by mutex
};

void run_worker(Shared& shared, std::size_t items, const Work& work) {
  while (!shared.is_stopping) {
    const std::size_t item = shared.next++;
    if (item >= items) break;
    try {
      work(item, shared.is_stopping);
    } catch (...) {
      const std::lock_guard lock(shared.mutex);
      if (!shared.fault || item < shared.fault_item) {
        shared.fault = std::current_exception();
        shared.fault_item = item;
      }
      shared.is_stopping = true;
    }
    ++shared.done;
  }
  const std::lock_guard lock(shared.mutex);
  --shared.running;
  shared.one_worker_ended.notify_one();
}

}  // namespace

std::size_t worker_count(int asked, std::size_t items) {
  const std::size_t wanted = asked > 0 ? static_cast<std::size_t>(asked) : std::thread::hardware_concurrency();
  return std::clamp<std::size_t>(wanted, 1, std::max<std::size_t>(items, 1));
}

void stop_if_asked(const RunControl& control) {
  if (control.should_stop && control.should_stop())
    throw Cancelled("the call was stopped before it was done; nothing was kept");
}

void parallel_for(std::size_t items, int threads, const Work& work, const RunControl& control) {
  constexpr std::chrono::milliseconds look_every{50};
  Shared shared;
  bool is_cancelled = false;
  {
    std::vector<std::jthread> workers;
    shared.running = worker_count(threads, items);
    for (std::size_t i = worker_count(threads, items); i > 0; --i) {
      workers.emplace_back([&] { run_worker(shared, items, work); });
    }
    std::unique_lock lock(shared.mutex);
    while (!shared.one_worker_ended.wait_for(lock, look_every, [&] { return shared.running == 0; })) {
      lock.unlock();
      try {
        if (control.progress) control.progress(shared.done, items);
        if (!is_cancelled && control.should_stop && control.should_stop()) {
          is_cancelled = true;
          shared.is_stopping = true;
        }
      } catch (...) {
        shared.is_stopping = true;  // the workers end before the exception of the caller's own function leaves
        throw;
      }
      lock.lock();
    }
  }
  if (shared.fault) std::rethrow_exception(shared.fault);
  if (is_cancelled) throw Cancelled("the call was stopped before it was done; nothing was kept");
  if (control.progress) control.progress(items, items);
}

}  // namespace tocsin
