#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.hpp"
#include "simulator/book.hpp"
#include "simulator/setup.hpp"

namespace choso::bank {

/// A movement as SePay tells it: one JSON object. Source: developer.sepay.vn, webhooks (2026-11).
[[nodiscard]] std::string sepay_notice(Movement const& movement);

/// What proves to the subscriber who sends: its key, or the signature of time and body.
[[nodiscard]] std::vector<http::Header> proof_of(Subscription const& to, std::string_view body, Instant real_now);

/// Whether an answer ends the matter. SePay: 200 or 201 with `success` true. A file: 200, unless something in it was
/// refused for coming before what it undoes.
[[nodiscard]] bool was_taken(int status, std::string_view body);

}  // namespace choso::bank
