#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace choso::statements {

/// A file's bytes, mapped, so that a large one costs no memory of ours; read whole where it cannot be mapped (a pipe).
class File {
 public:
    static constexpr std::size_t bytes_max = std::size_t{4} << 30U;

    /// The error is one English sentence: not there, not readable, too large.
    [[nodiscard]] static Result<File, std::string> open(std::string const& path);
    File(File&& other) noexcept;
    File& operator=(File&&) = delete;
    ~File();

    [[nodiscard]] std::string_view bytes() const { return mapped_ == nullptr ? std::string_view{read_} : std::string_view{mapped_, size_}; }

 private:
    File() = default;
    char const* mapped_ = nullptr;
    std::size_t size_ = 0;
    std::string read_;
};

}  // namespace choso::statements
