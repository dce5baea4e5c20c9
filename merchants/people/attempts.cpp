#include "merchants/people/attempts.hpp"

#include <algorithm>

#include "merchants/people/sql.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/http/address.hpp"

namespace choso::people {
namespace {

using postgres::Array;
using postgres::Bytes;
using postgres::Params;
using postgres::Statement;

std::string subject_of(std::string_view kind, std::string_view name) {
    auto text = std::string{kind};
    text += '\n';
    text += name;
    return std::string{crypto::as_text(crypto::sha256(text))};
}

std::string neighbourhood_of(std::string_view address) {
    auto const parsed = http::Address::parse(address);
    return parsed ? parsed->neighbourhood() : std::string{address};
}

}  // namespace

Attempter by_account(std::string_view login) { return {subject_of("account", login), 5, std::chrono::minutes{5}}; }
Attempter by_address(std::string_view address) { return {subject_of("address", neighbourhood_of(address)), 20, std::chrono::minutes{15}, true}; }
Attempter by_second_factor(std::string_view staff) { return {subject_of("second factor", staff), 5, std::chrono::minutes{5}}; }

std::optional<std::chrono::seconds> take_attempt(postgres::Connection& connection, std::vector<Attempter> const& who) {
    static auto const count = Statement{"people_count_attempts", std::string{sql::count_attempts}};
    static auto const wait = Statement{"people_longest_wait", std::string{sql::longest_wait}};
    auto subjects = Array{Array::Type::bytea}, allowed = Array{Array::Type::int4}, longest = Array{Array::Type::int4}, always = Array{Array::Type::boolean};
    for (auto const& each : who) {
        subjects.add(Bytes{each.subject});
        allowed.add(static_cast<std::int32_t>(each.allowed));
        longest.add(static_cast<std::int32_t>(each.longest.count()));
        always.add(each.always);
    }
    auto const counted = connection.query(count, Params::of(subjects, allowed, longest, always)).affected();
    if (counted == static_cast<std::int64_t>(who.size())) return std::nullopt;
    return std::chrono::seconds{std::max<std::int64_t>(1, connection.query(wait, Params::of(subjects)).integer(0, 0))};
}

void forgive(postgres::Connection& connection, Attempter const& whole, std::optional<Attempter> const& one) {
    static auto const clear = Statement{"people_clear_attempts", std::string{sql::clear_attempts}};
    static auto const give_back = Statement{"people_give_back_attempt", std::string{sql::give_back_attempt}};
    connection.query(clear, Params::of(Bytes{whole.subject}));
    if (one) connection.query(give_back, Params::of(Bytes{one->subject}));
}

}  // namespace choso::people
