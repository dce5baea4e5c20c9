#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/sheet/sheet.hpp"

struct zip;

namespace choso::sheet {

/// What a part's reader hears: local names; `text` holds the characters that stand directly in the element.
class PartHandler {
 public:
    PartHandler() = default;
    PartHandler(PartHandler const&) = delete;
    PartHandler& operator=(PartHandler const&) = delete;
    virtual ~PartHandler() = default;

    struct Attribute {
        std::string_view name, value;
    };
    virtual void begin(std::string_view name, std::vector<Attribute> const& attributes) = 0;
    /// False ends the reading: it is done, or `problem` says why not.
    [[nodiscard]] virtual bool end(std::string_view name, std::string const& text) = 0;
    std::optional<Problem> problem;
};

/// The zip around an XLSX's XML parts, open over the file's bytes; counts what it unpacks to.
class Package {
 public:
    Package(std::string_view file, Limits const& limits);
    Package(Package const&) = delete;
    Package& operator=(Package const&) = delete;
    ~Package();

    [[nodiscard]] std::optional<Problem> const& problem() const { return problem_; }
    [[nodiscard]] bool has(std::string const& name) const;
    /// Reads one part to its end, to the handler's, or to the first problem.
    [[nodiscard]] std::optional<Problem> read(std::string const& name, PartHandler& handler);

 private:
    zip* zip_ = nullptr;
    Limits limits_;
    std::size_t packed_bytes_;
    std::size_t unpacked_ = 0;
    std::optional<Problem> problem_;
};

}  // namespace choso::sheet
