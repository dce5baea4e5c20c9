#pragma once
#include <memory>
#include <string>

#include "gateway/payments/commands.hpp"
#include "merchants/complaints/commands.hpp"
#include "merchants/complaints/find.hpp"

/// Complaints: the same orders for the API and the pages.
namespace choso::api {

[[nodiscard]] std::string to_json(complaints::Shown const& shown, std::string_view base_url);
/// `BASE/khieu-nai/<token>`: where whoever opened it sees what became of it.
[[nodiscard]] std::string complaint_url(complaints::Complaint const& complaint, std::string_view base_url);

struct AskedComplaint {
    PaymentRequestId request;
    MerchantId merchant;
    std::optional<Uuid> receipt;
    complaints::Kind kind = complaints::Kind::other;
    std::string body, contact;
    payments::Actor opener;  ///< system: the payer
};
/// With its deadline, counted by the calendar as it is known now.
[[nodiscard]] std::unique_ptr<complaints::OpenComplaint> to_command(AskedComplaint asked, postgres::Connection& connection, Instant now);

}  // namespace choso::api
