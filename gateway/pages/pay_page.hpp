#pragma once
#include <optional>

#include "gateway/api/edge.hpp"
#include "gateway/pages/pay_parts.hpp"
#include "platform/http/router.hpp"
#include "platform/postgres/connection.hpp"

/// What the payer's page, its picture and its stream have in common.
namespace choso::pages {

/// Reads the request that the token names, and all that belongs to it.
[[nodiscard]] std::optional<PayView> read_view(postgres::Connection& connection, Bucket bucket, Uuid const& token);

/// The stall, else the merchant.
[[nodiscard]] std::string payee_of(payments::PaymentRequest const& request, merchants::Directory const& directory);

/// The page for a token that names nothing, and for a time when nothing can be read: both say whether money moved.
[[nodiscard]] http::Response nothing_page(Language language, PayState state, std::string_view request_id);
/// For api::Audience: problems as pages for payers.
[[nodiscard]] http::Response problem_page(api::Problem const& problem, api::Audience const& audience);
/// Audience of a payer's page.
[[nodiscard]] api::Audience payer_of(http::Request const& request);

/// GET /t/{token}/qr.png: the picture that people keep.
[[nodiscard]] http::Handler pay_picture(api::Edge& edge);
/// GET /t/{token}/stream: says `changed` whenever the page would say something new.
[[nodiscard]] http::Handler pay_stream(api::Edge& edge);

}  // namespace choso::pages
