#include "gateway/cli/private_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace choso::cli {
namespace {

/// A file descriptor that is closed when it goes.
class Handle {
 public:
    explicit Handle(int fd) : fd_{fd} {}
    Handle(Handle const&) = delete;
    Handle& operator=(Handle const&) = delete;
    ~Handle() {
        if (fd_ >= 0) ::close(fd_);
    }
    [[nodiscard]] int fd() const { return fd_; }
    [[nodiscard]] bool ok() const { return fd_ >= 0; }

 private:
    int fd_;
};

bool write_all(int fd, std::string_view text) {
    while (!text.empty()) {
        auto const n = ::write(fd, text.data(), text.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

std::string failure(std::string const& doing, std::filesystem::path const& file) {
    return "cannot " + doing + ' ' + file.string() + ": " + std::strerror(errno);
}

}  // namespace

std::optional<std::string> write_private_file(std::filesystem::path const& file, std::string_view text) {
    auto const folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path{"."};
    auto name = file.string() + ".XXXXXX";
    // mkstemp makes it 0600 from the first moment, under a name that is nobody else's.
    Handle const out{::mkstemp(name.data())};
    if (!out.ok()) return failure("make", name);
    if (!write_all(out.fd(), text) || ::fsync(out.fd()) != 0 || std::rename(name.c_str(), file.c_str()) != 0) {
        auto why = failure("write", file);
        ::unlink(name.c_str());
        return why;
    }
    Handle const parent{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!parent.ok() || ::fsync(parent.fd()) != 0) return failure("sync", folder);
    return std::nullopt;
}

}  // namespace choso::cli
