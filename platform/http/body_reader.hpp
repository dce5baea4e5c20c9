#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/gate.hpp"

namespace choso::http {

/// Reads the body that a head announced, chunked or by length, with Beast's parser behind the gate. Needs no socket, so
/// that it can be fuzzed. After a refusal the connection must be closed.
class BodyReader {
 public:
    /// `head_bytes` is what `head` was read from. A body above `bytes_max` is refused as soon as that is known.
    BodyReader(gate::Head const& head, std::string_view head_bytes, std::size_t bytes_max);
    BodyReader(BodyReader const&) = delete;
    BodyReader& operator=(BodyReader const&) = delete;
    ~BodyReader();

    /// Takes what it can of what has arrived and says how many bytes that were; the rest must be given again, with more
    /// behind it. Does nothing once it is complete or has refused.
    std::size_t feed(std::string_view arrived);
    [[nodiscard]] bool complete() const;
    [[nodiscard]] std::optional<gate::Refusal> const& refusal() const { return refusal_; }
    /// Only when complete; once.
    [[nodiscard]] std::string take();

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
    std::optional<gate::Refusal> refusal_{};
};

}  // namespace choso::http
