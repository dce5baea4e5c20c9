#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "gateway/api/maker.hpp"
#include "gateway/api/problem.hpp"
#include "merchants/benefits/commands.hpp"
#include "merchants/benefits/find.hpp"

/// Benefit lists: the same orders for the API and the page.
namespace choso::api {

/// What an office says of the file it sends.
struct SentList {
    std::string merchant, programme, programme_name, period, file_name;
    std::string_view file;
};
/// The command of a list, its rows checked by themselves and against whom the programme paid last; or the first rule that is
/// broken. `reaches`: whose lists the sender may send.
[[nodiscard]] Result<std::unique_ptr<benefits::ImportBenefits>, Problem> to_command(SentList const& sent, Maker const& maker,
                                                                                    postgres::Connection& connection, Instant now);

[[nodiscard]] std::string to_json(benefits::Shown const& shown, std::vector<benefits::Unpaid> const& unpaid);
/// `position,code,name,amount,way,bank,account,state,reason`, in the order of the file.
[[nodiscard]] std::string to_csv(std::vector<benefits::Line> const& lines);
/// Why a line was not paid, as an office reads it.
[[nodiscard]] std::string reason_words(std::string_view state, std::string_view reason, bool english);

}  // namespace choso::api
