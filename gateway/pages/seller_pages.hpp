#pragma once
#include "gateway/pages/people_frame.hpp"

/// /ban: a seller's orders, goods and statements; and /ban/duyet, where moderators look at what sellers want shown.
namespace choso::pages {

inline constexpr api::Roles sellers_only{api::Role::seller};

/// The seller a page is about: the one that its address or form names as `nguoi-ban`, if it is the person's, else their first;
/// null for who sells for nobody.
[[nodiscard]] merchants::Merchant const* chosen_seller(api::Person const& person, http::Request const& request);
[[nodiscard]] Bucket bucket_of(api::Person const& person, merchants::Merchant const& seller);
/// `/ban/hang?nguoi-ban=…`
[[nodiscard]] std::string seller_address(std::string_view path, merchants::Merchant const& seller);
/// The seller's name and the links between its pages; other sellers of the same person.
void draw_seller_head(Html& html, api::Person const& person, merchants::Merchant const& seller, std::string_view here);

/// Goods: a list with what became of each, a form for one, a picture.
[[nodiscard]] http::Handler seller_goods(api::Edge& edge);
[[nodiscard]] http::Handler goods_form(api::Edge& edge);
[[nodiscard]] http::Handler take_goods(api::Edge& edge);
[[nodiscard]] http::Handler take_goods_picture(api::Edge& edge);
/// What the ledger says of the seller's money, line by line.
[[nodiscard]] http::Handler seller_statement(api::Edge& edge);
/// What waits for a moderator, and what was decided lately by whom and why.
[[nodiscard]] http::Handler moderation_page(api::Edge& edge);
[[nodiscard]] http::Handler take_moderation(api::Edge& edge);

}  // namespace choso::pages
