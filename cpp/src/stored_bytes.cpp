#include "stored_bytes.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <deque>
#include <mutex>
#include <system_error>
#include <utility>
#include <vector>

#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

// Some systems refuse to read 2 GiB or more in one call.
constexpr std::size_t most_at_once = std::size_t{1} << 30;
constexpr std::size_t pipe_block = std::size_t{1} << 20;

std::string reason(int error) { return std::generic_category().message(error); }

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;

  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

class FileBytes;

/// Descriptors of the files that were read last.
class OpenFiles {
 public:
  static OpenFiles& all() {
    static OpenFiles files;
    return files;
  }

  std::shared_ptr<const Descriptor> of(const FileBytes& file);
  void forget(const FileBytes& file) {
    const std::lock_guard lock(mutex_);
    std::erase_if(latest_, [&](const auto& open) { return open.first == &file; });
  }

 private:
  static constexpr std::size_t most_open = 64;

  std::mutex mutex_;
  std::deque<std::pair<const FileBytes*, std::shared_ptr<const Descriptor>>> latest_;
};

/// A file that is opened again whenever it is needed: a folder may hold more files than a process may have open.
class FileBytes final : public StoredBytes {
 public:
  FileBytes(std::filesystem::path path, const struct ::stat& status)
      : path_(std::move(path)),
        name_(path_.string()),
        size_(static_cast<std::uint64_t>(status.st_size)),
        device_(status.st_dev),
        inode_(status.st_ino) {}
  ~FileBytes() override { OpenFiles::all().forget(*this); }

  [[nodiscard]] std::uint64_t size() const override { return size_; }

  [[nodiscard]] std::size_t read_at(std::uint64_t offset, char* buffer, std::size_t size) const override {
    if (offset >= size_) return 0;
    const std::shared_ptr<const Descriptor> file = OpenFiles::all().of(*this);
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(size, size_ - offset));
    std::size_t filled = 0;
    while (filled < wanted) {
      const ssize_t taken = ::pread(file->number(), buffer + filled, std::min(wanted - filled, most_at_once),
                                    static_cast<off_t>(offset + filled));
      if (taken > 0) {
        filled += static_cast<std::size_t>(taken);
      } else if (taken == 0) {
        refuse(concat("had ", size_, " bytes when it was opened and has become shorter"));
      } else if (const int error = errno; error != EINTR) {
        throw ParseError(name_, 0, 0,
                         concat("reading failed (", reason(error), "); is the disk or the connection all right?"));
      }
    }
    return filled;
  }

  /// @throws ParseError where another file, or none, has taken its place
  [[nodiscard]] Descriptor opened() const {
    Descriptor file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
    struct ::stat status{};
    if (file.number() < 0 || ::fstat(file.number(), &status) != 0) {
      throw ParseError(name_, 0, 0, concat("cannot be opened any more (", reason(errno), ")"));
    }
    if (status.st_dev != device_ || status.st_ino != inode_) refuse("has been replaced since reading began");
    return file;
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw ParseError(name_, 0, 0, concat("the file ", what, "; read it again when nothing writes to it"));
  }

  std::filesystem::path path_;
  std::string name_;
  std::uint64_t size_;
  ::dev_t device_;
  ::ino_t inode_;
};

std::shared_ptr<const Descriptor> OpenFiles::of(const FileBytes& file) {
  const std::lock_guard lock(mutex_);
  const auto known =
      std::find_if(latest_.begin(), latest_.end(), [&](const auto& open) { return open.first == &file; });
  if (known != latest_.end()) return known->second;
  latest_.emplace_back(&file, std::make_shared<const Descriptor>(file.opened()));
  if (latest_.size() > most_open) latest_.pop_front();
  return latest_.back().second;
}

class MemoryBytes final : public StoredBytes {
 public:
  explicit MemoryBytes(std::string bytes) : bytes_(std::move(bytes)) {}

  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }

  [[nodiscard]] std::size_t read_at(std::uint64_t offset, char* buffer, std::size_t size) const override {
    if (offset >= bytes_.size()) return 0;
    return bytes_.copy(buffer, size, static_cast<std::size_t>(offset));
  }

 private:
  std::string bytes_;
};

std::string whole_pipe(const Descriptor& pipe, const std::string& name, std::uint64_t most_piped) {
  std::string bytes;
  std::size_t filled = 0;
  for (;;) {
    // Twice the size, not one block more: growing block by block copies a long text again and again.
    if (filled == bytes.size()) bytes.resize(std::max(pipe_block, 2 * filled));
    const ssize_t taken = ::read(pipe.number(), bytes.data() + filled, std::min(bytes.size() - filled, most_at_once));
    if (taken == 0) break;
    if (const int error = errno; taken < 0) {
      if (error == EINTR) continue;
      throw InputError(concat(name, ": reading failed (", reason(error), "); expected a file or a pipe"));
    }
    filled += static_cast<std::size_t>(taken);
    if (filled > most_piped) {
      throw InputError(concat(name, ": more than ", most_piped,
                              " bytes come through this pipe, and they have to fit in "
                              "memory; write them to a file and name the file"));
    }
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace

std::shared_ptr<const StoredBytes> open_file(const std::filesystem::path& path, std::uint64_t most_piped) {
  const std::string name = path.string();
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct ::stat status{};
  if (file.number() < 0 || ::fstat(file.number(), &status) != 0) {
    throw InputError(
        concat(name, ": cannot be opened (", reason(errno), "); is the path right and the file readable?"));
  }
  if (S_ISDIR(status.st_mode)) throw InputError(concat(name, ": this is a folder, expected a file"));
  if (!S_ISREG(status.st_mode)) return in_memory(whole_pipe(file, name, most_piped));
  return std::make_shared<FileBytes>(path, status);
}

std::shared_ptr<const StoredBytes> in_memory(std::string bytes) {
  return std::make_shared<MemoryBytes>(std::move(bytes));
}

}  // namespace tocsin
