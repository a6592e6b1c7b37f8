#include "stored_bytes.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

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

class FileBytes final : public StoredBytes {
 public:
  FileBytes(Descriptor file, std::uint64_t size, std::string name)
      : file_(std::move(file)), size_(size), name_(std::move(name)) {}

  [[nodiscard]] std::uint64_t size() const override { return size_; }

  [[nodiscard]] std::size_t read_at(std::uint64_t offset, char* buffer, std::size_t size) const override {
    if (offset >= size_) return 0;
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(size, size_ - offset));
    std::size_t filled = 0;
    while (filled < wanted) {
      const ssize_t taken = ::pread(file_.number(), buffer + filled, std::min(wanted - filled, most_at_once),
                                    static_cast<off_t>(offset + filled));
      if (taken > 0) {
        filled += static_cast<std::size_t>(taken);
      } else if (taken == 0) {
        throw ParseError(name_, 0, 0,
                         concat("the file had ", size_,
                                " bytes when it was opened and has become shorter; read it "
                                "again when nothing writes to it"));
      } else if (const int error = errno; error != EINTR) {
        throw ParseError(name_, 0, 0,
                         concat("reading failed (", reason(error), "); is the disk or the connection all right?"));
      }
    }
    return filled;
  }

 private:
  Descriptor file_;
  std::uint64_t size_;
  std::string name_;
};

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
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct ::stat status{};
  if (file.number() < 0 || ::fstat(file.number(), &status) != 0) {
    throw InputError(
        concat(name, ": cannot be opened (", reason(errno), "); is the path right and the file readable?"));
  }
  if (S_ISDIR(status.st_mode)) throw InputError(concat(name, ": this is a folder, expected a file"));
  if (!S_ISREG(status.st_mode)) return in_memory(whole_pipe(file, name, most_piped));
  return std::make_shared<FileBytes>(std::move(file), static_cast<std::uint64_t>(status.st_size), name);
}

std::shared_ptr<const StoredBytes> in_memory(std::string bytes) {
  return std::make_shared<MemoryBytes>(std::move(bytes));
}

}  // namespace tocsin
