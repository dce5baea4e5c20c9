#pragma once
#include "gateway/api/edge.hpp"
#include "platform/http/router.hpp"

/// The pages of people who sign in; each works without a script, but for passkeys, which are a script's by nature.
namespace choso::pages {

/// /dang-nhap and its second step.
[[nodiscard]] http::Handler sign_in_page(api::Edge& edge);
[[nodiscard]] http::Handler take_sign_in(api::Edge& edge);
[[nodiscard]] http::Handler second_step_page(api::Edge& edge);
[[nodiscard]] http::Handler take_second_step(api::Edge& edge);
[[nodiscard]] http::Handler sign_out(api::Edge& edge);
/// /tai-khoan: sessions, password, second factors.
[[nodiscard]] http::Handler account_page(api::Edge& edge);
[[nodiscard]] http::Handler end_my_session(api::Edge& edge);
[[nodiscard]] http::Handler password_page(api::Edge& edge);
[[nodiscard]] http::Handler take_password(api::Edge& edge);
[[nodiscard]] http::Handler app_page(api::Edge& edge);
[[nodiscard]] http::Handler begin_app(api::Edge& edge);
[[nodiscard]] http::Handler confirm_app(api::Edge& edge);
[[nodiscard]] http::Handler remove_app(api::Edge& edge);
/// Passkeys (WebAuthn): JSON for the script.
[[nodiscard]] http::Handler passkey_challenge(api::Edge& edge);
[[nodiscard]] http::Handler add_passkey(api::Edge& edge);
[[nodiscard]] http::Handler use_passkey(api::Edge& edge);
[[nodiscard]] http::Handler remove_passkey(api::Edge& edge);
/// /nguoi-dung: an operator's page of people and roles.
[[nodiscard]] http::Handler staff_page(api::Edge& edge);
[[nodiscard]] http::Handler add_staff(api::Edge& edge);
[[nodiscard]] http::Handler change_staff(api::Edge& edge);
/// /nhat-ky: the audit trail.
[[nodiscard]] http::Handler audit_page(api::Edge& edge);
[[nodiscard]] http::Handler audit_file(api::Edge& edge);

/// /duyet: refunds and payouts that wait for another person's yes.
[[nodiscard]] http::Handler approve_page(api::Edge& edge);
[[nodiscard]] http::Handler take_decision(api::Edge& edge);

/// All of the above.
void add_people_routes(http::Router& router, api::Edge& edge);

}  // namespace choso::pages
