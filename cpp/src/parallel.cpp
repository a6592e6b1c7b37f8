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
#include "tocsin/watched_run.hpp"

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

// What `run_watched` and its work share.
struct Watched {
  const std::atomic<bool>* is_stopping = nullptr;
  std::atomic<std::size_t> done{0};
  std::atomic<std::size_t> all{0};  // 0: nobody knows
};

// Of the thread that `run_watched` has started; null elsewhere.
thread_local Watched* watched_here = nullptr;

[[noreturn]] void fail_as_cancelled() { throw Cancelled("the call was stopped before it was done; nothing was kept"); }

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
  if (control.should_stop && control.should_stop()) fail_as_cancelled();
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
  if (is_cancelled) fail_as_cancelled();
  if (control.progress) control.progress(items, items);
}

void end_if_stopping() {
  if (watched_here != nullptr && watched_here->is_stopping->load(std::memory_order_relaxed)) fail_as_cancelled();
}

void end_if_stopping(std::size_t done, std::size_t all) {
  end_if_stopping();
  if (watched_here == nullptr) return;
  watched_here->done.store(done, std::memory_order_relaxed);
  watched_here->all.store(all, std::memory_order_relaxed);
}

void run_watched(const RunControl& control, const std::function<void()>& work) {
  Watched watched;
  const Work on_a_thread = [&](std::size_t, const std::atomic<bool>& is_stopping) {
    watched.is_stopping = &is_stopping;
    watched_here = &watched;
    work();
    watched.done = watched.all.load();
  };
  // It is one item, and what the work itself says of how far it has come is passed on.
  const auto progress = [&](std::size_t, std::size_t) {
    if (watched.all != 0) control.progress(watched.done, watched.all);
  };
  parallel_for(1, 1, on_a_thread,
               {control.should_stop, control.progress ? decltype(RunControl::progress){progress} : nullptr});
}

}  // namespace tocsin
