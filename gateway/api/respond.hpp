#pragma once
#include <memory>
#include <string>
#include <utility>

#include "gateway/api/problem.hpp"
#include "gateway/payments/queue.hpp"
#include "platform/http/responder.hpp"

namespace choso::api {

/// A JSON answer that no cache may keep.
[[nodiscard]] inline http::Response json_response(int status, std::string body) {
    auto out = http::Response{status, "application/json", std::move(body), {}};
    out.with("Cache-Control", "no-store");
    return out;
}

/// The problem a command's answer is, if it is one: a failure or a refusal.
[[nodiscard]] inline std::optional<Code> problem_in(payments::Answer const& answer) {
    if (!answer) return code_of(answer.error());
    if (answer->refusal) return code_of(*answer->refusal);
    return std::nullopt;
}

/// A responder that a copyable callback can hold.
[[nodiscard]] inline std::shared_ptr<http::Responder> shared(http::Responder respond) {
    return std::make_shared<http::Responder>(std::move(respond));
}

}  // namespace choso::api
