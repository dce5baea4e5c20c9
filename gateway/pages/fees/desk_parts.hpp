#pragma once
#include "gateway/api/body.hpp"
#include "gateway/pages/fees/fee_pages.hpp"
#include "gateway/pages/people_frame.hpp"
#include "merchants/fees/catalogue.hpp"
#include "platform/crypto/crypto.hpp"

/// What the pages of `/thu` share.
namespace choso::pages::fees {

/// Whose work it is.
inline constexpr api::Roles clerks{api::Role::fee_clerk};

/// The payee, and the unit if one is looked at.
struct Desk {
    api::fees::Payee payee;
    std::optional<FeeUnitId> unit;
    Instant now;
    [[nodiscard]] std::string path(std::optional<FeeUnitId> of) const;
};
/// Of the query: `don-vi`, `lop`. The person's first payee that is no stall, if none is named; none if it is not theirs.
[[nodiscard]] std::optional<Desk> desk_of(api::Edge const& edge, api::Person const& person, http::Request const& request);
/// The bill of the form's `phieu`, if the person may touch it.
[[nodiscard]] std::optional<bills::BillView> bill_of(api::Person const& person, postgres::Connection& connection, http::Request const& form);
[[nodiscard]] std::string_view reconciled_words(bills::Reconciled state);
/// All bills of the desk that something is owed of, page after page of the list; by unit and payer.
[[nodiscard]] std::vector<bills::BillView> owing(postgres::Connection& connection, Desk const& desk);
/// A file to be saved.
[[nodiscard]] http::Response file_response(std::string type, std::string name, std::string body);
/// Then back to the page it came from.
void submit_from_desk(api::Edge& edge, std::shared_ptr<http::Responder> const& later, std::unique_ptr<bills::BillCommand> command, std::string back);

}  // namespace choso::pages::fees
