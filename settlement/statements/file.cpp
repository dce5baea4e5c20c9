#include "settlement/statements/file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace choso::statements {
namespace {

constexpr std::size_t read_max = std::size_t{256} << 20U;

struct Handle {
    int number;
    explicit Handle(int opened) : number{opened} {}
    Handle(Handle const&) = delete;
    Handle& operator=(Handle const&) = delete;
    ~Handle() {
        if (number >= 0) ::close(number);
    }
};

}  // namespace

Result<File, std::string> File::open(std::string const& path) {
    auto const handle = Handle{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (handle.number < 0) return std::string{std::strerror(errno)};
    struct stat facts {};
    if (::fstat(handle.number, &facts) != 0) return std::string{std::strerror(errno)};
    if (S_ISDIR(facts.st_mode)) return std::string{"it is a folder"};
    auto out = File{};
    if (S_ISREG(facts.st_mode)) {
        auto const size = static_cast<std::size_t>(facts.st_size);
        if (size > bytes_max) return std::string{"it is larger than 4 GiB"};
        if (size == 0) return out;
        auto* const at = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, handle.number, 0);
        if (at == MAP_FAILED) return std::string{std::strerror(errno)};
        (void)::madvise(at, size, MADV_SEQUENTIAL);
        out.mapped_ = static_cast<char const*>(at);
        out.size_ = size;
        return out;
    }
    auto piece = std::array<char, 65'536>{};
    for (;;) {
        auto const got = ::read(handle.number, piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return std::string{std::strerror(errno)};
        if (got == 0) return out;
        if (out.read_.size() + static_cast<std::size_t>(got) > read_max) return std::string{"it is no plain file and larger than 256 MiB"};
        out.read_.append(piece.data(), static_cast<std::size_t>(got));
    }
}

File::File(File&& other) noexcept : mapped_{std::exchange(other.mapped_, nullptr)}, size_{std::exchange(other.size_, 0)}, read_{std::move(other.read_)} {}

File::~File() {
    if (mapped_ != nullptr) ::munmap(const_cast<char*>(mapped_), size_);
}

}  // namespace choso::statements
