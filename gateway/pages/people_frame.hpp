#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/api/person.hpp"
#include "gateway/pages/layout.hpp"
#include "platform/http/url.hpp"

/// What the pages of people who sign in share: who may enter, the frame with its links, forms, and what is said after one.
namespace choso::pages {

/// Draws a page for somebody who is signed in: title, links to what their roles open, then `body`.
[[nodiscard]] http::Response person_page(int status, api::Person const& person, std::string_view title, std::function<void(Html&)> const& body);
/// The same frame for who is not.
[[nodiscard]] http::Response plain_page(int status, std::string_view title, std::string_view script, std::function<void(Html&)> const& body);

/// As api::enter_person, for pages: who must sign in, take the second step or give it again is led there and back.
void enter_page(api::Edge& edge, http::Responder respond, api::Need need, api::PersonHandler go);
/// The same on the threads where passwords are hashed: what is stored afterwards is stored on `edge.reads` (api::sign_in).
void enter_page_to_hash(api::Edge& edge, http::Responder respond, api::Need need, api::PersonHandler go);

/// A problem as a page.
[[nodiscard]] http::Response person_problem_page(api::Problem const& problem, api::Audience const& audience);
[[nodiscard]] api::Audience people_audience(http::Request const& request);
[[nodiscard]] http::Response go_to(std::string location);

/// A form of this session: opened with its CSRF token, to be closed by the caller.
Html& open_form(Html& html, api::Person const& person, std::string_view action);
void hidden(Html& html, std::string_view name, std::string_view value);
/// A labelled field; `more` by name: type, autocomplete, inputmode, …
void text_field(Html& html, std::string_view name, std::string_view label, std::string_view type, std::string_view autocomplete,
                std::string_view value = {});
/// A labelled choice of banks, by BIN. `choose` stands first while none is chosen: no account falls to the first bank of a list.
void bank_field(Html& html, std::string_view name, std::string_view label, std::string_view choose, std::string_view chosen = {});
void button(Html& html, std::string_view words);

/// A field of the request's form; empty when it has none.
[[nodiscard]] std::string form_value(http::Request const& request, std::string_view name);
/// Where to go on afterwards: a path of ours, else `/tai-khoan`. Nothing that another site could have written leads away.
[[nodiscard]] std::string safe_path(std::string_view wanted);
/// Why something was refused, in Vietnamese.
[[nodiscard]] std::string vietnamese(people::Refused const& refused);

}  // namespace choso::pages
