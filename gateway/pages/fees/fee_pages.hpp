#pragma once
#include <optional>
#include <string>
#include <vector>

#include "gateway/api/fees/fees.hpp"
#include "gateway/pages/language.hpp"
#include "gateway/pages/layout.hpp"
#include "platform/http/router.hpp"

/// Pages about fees: for who pays (`/phi`) and for who collects (`/thu`).
namespace choso::pages::fees {

namespace bills = choso::fees;

/// Bills that one transfer may pay.
inline constexpr std::size_t bills_in_group_max = 50;

void add_routes(http::Router& router, api::Edge& edge);

[[nodiscard]] http::Handler lookup_page(api::Edge& edge);
[[nodiscard]] http::Handler take_lookup(api::Edge& edge);
[[nodiscard]] http::Handler family_page(api::Edge& edge);
[[nodiscard]] http::Handler choose_bills(api::Edge& edge);
[[nodiscard]] http::Handler codes_page(api::Edge& edge);

[[nodiscard]] http::Handler desk_page(api::Edge& edge);
[[nodiscard]] http::Handler take_cash(api::Edge& edge);
[[nodiscard]] http::Handler return_cash(api::Edge& edge);
[[nodiscard]] http::Handler confirm_at_desk(api::Edge& edge);
[[nodiscard]] http::Handler reminders(api::Edge& edge);
[[nodiscard]] http::Handler class_sheet(api::Edge& edge);
[[nodiscard]] http::Handler import_page(api::Edge& edge);
[[nodiscard]] http::Handler take_import(api::Edge& edge);
[[nodiscard]] http::Handler start_import(api::Edge& edge);
[[nodiscard]] http::Handler import_errors(api::Edge& edge);

/// How a payer asked for a page: in which tongue, and what every link and form of it carries on.
struct Asking {
    Language language = Language::vi;
    std::string chosen{};  ///< `lang=en` where the address said so; else empty
    bool gzip = false;
    [[nodiscard]] std::string_view in(std::string_view vi, std::string_view en) const { return language == Language::vi ? vi : en; }
    [[nodiscard]] std::string path(std::string path) const;
};
[[nodiscard]] Asking asking(http::Request const& request);
/// The frame of a payer's page: looks and all in one answer, so that a slow line is asked once.
[[nodiscard]] Frame payer_frame(Asking const& asked, std::string title, std::string const& here);

/// Who looks at the family's page: a phone that was told together with a code it belongs to.
struct FamilyToken {
    std::string phone;
    PayerId payer;  ///< whose code it was: its payee's mode is the page's
    Instant until;
};
[[nodiscard]] std::string seal_family(api::Edge const& edge, FamilyToken const& token);
[[nodiscard]] std::optional<FamilyToken> open_family(api::Edge const& edge, std::string_view text, Instant now);

/// What a bill's state is, in two or three words.
[[nodiscard]] std::string status_words(bills::BillView const& view, Language language = Language::vi);
/// `wait`, `part`, `done`, `ended`.
[[nodiscard]] std::string_view status_class(bills::BillView const& view);
[[nodiscard]] std::string title_of(bills::BillView const& view);
/// `31/12/2026` of a day, or nothing.
[[nodiscard]] std::string day_words(std::string_view day);
/// The page for something that is not there, or not this person's.
[[nodiscard]] http::Response sorry(int status, std::string_view heading, std::string_view sentence);

}  // namespace choso::pages::fees
