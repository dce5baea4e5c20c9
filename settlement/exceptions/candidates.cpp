#include "settlement/exceptions/candidates.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>
#include <tuple>

#include "settlement/exceptions/sql.hpp"

namespace choso::settlement {
namespace {

constexpr std::array<std::string_view, 7> reason_words{"exact_amount", "part_of_amount", "reference_near", "order_code", "close_in_time", "same_day", "learned_reference"};
constexpr auto most_shown = std::size_t{8};
/// Beyond it a code resembles any text.
constexpr auto near = 3;
constexpr auto sure = 2;

void judge_one(Candidate& each, Money amount, std::string const& content, Instant occurred_at, std::vector<std::string> const& foreign) {
    each.wrong_symbols = distance_in(content, each.reference);
    each.minutes = std::chrono::duration_cast<std::chrono::minutes>(occurred_at - each.created_at).count();
    auto const open = each.amount ? *each.amount - each.amount_paid : amount;
    auto const give = [&](Reason reason, int points) {
        each.reasons.push_back(reason);
        each.score += points;
    };
    if (open == amount) give(Reason::exact_amount, 40);
    else if (amount < open) give(Reason::part_of_amount, 5);
    if (each.wrong_symbols <= near) give(Reason::reference_near, 60 - 10 * each.wrong_symbols);
    auto const code = compact(each.order_code);
    if (code.size() >= 4 && content.find(code) != std::string::npos) give(Reason::order_code, 40);
    auto const codes = foreign.empty() ? std::vector<std::string>{} : codes_of(each.order_code, each.description);
    if (std::ranges::any_of(codes, [&](auto const& own) { return std::ranges::find(foreign, own) != foreign.end(); })) give(Reason::learned_reference, 35);
    if (each.minutes >= -5 && each.minutes <= 15) give(Reason::close_in_time, 10);
    else if (vietnam_day(occurred_at) == vietnam_day(each.created_at)) give(Reason::same_day, 3);
}

using Shapes = std::map<AccountId, std::set<std::string>>;

/// What the accounts of these exceptions have taught.
Shapes shapes_of(postgres::Connection& connection, std::vector<ShownException> const& exceptions) {
    static auto const statement = postgres::Statement{"exceptions_past_matches", std::string{exceptions_sql::past_matches}};
    postgres::Array buckets{postgres::Array::Type::int2}, merchants{postgres::Array::Type::uuid};
    auto asked = std::set<std::pair<Bucket, MerchantId>>{};
    for (auto const& each : exceptions) {
        if (!asked.emplace(each.row.id.bucket(), each.row.merchant).second) continue;
        buckets.add(each.row.id.bucket());
        merchants.add(each.row.merchant);
    }
    auto const rows = connection.query(statement, postgres::Params::of(buckets, merchants));
    auto past = std::map<AccountId, std::vector<PastMatch>>{};
    for (auto row = 0; row < rows.rows(); ++row)
        past[rows.id<AccountId>(row, 0)].push_back({std::string{rows.text(row, 1)}, rows.maybe_text(row, 2).value_or(""), std::string{rows.text(row, 3)}});
    auto out = Shapes{};
    for (auto const& [account, matches] : past) out[account] = learned_shapes(matches);
    return out;
}

/// For a pattern of codes: `HD000101|HD000102`; empty for none.
std::string between_bars(std::vector<std::string> const& codes) {
    auto out = std::string{};
    for (auto const& code : codes) (out += out.empty() ? "" : "|") += code;
    return out;
}

bool is_exact(Candidate const& each) { return std::ranges::find(each.reasons, Reason::exact_amount) != each.reasons.end(); }

}  // namespace

std::string_view word(Reason reason) { return reason_words[static_cast<std::size_t>(reason)]; }

int distance_in(std::string_view content, std::string_view reference) {
    auto const text = compact(content);
    auto const code = compact(reference);
    // Sellers' algorithm: the least edits of `code` against any stretch of `text`.
    auto column = std::vector<int>(code.size() + 1);
    for (std::size_t i = 0; i <= code.size(); ++i) column[i] = static_cast<int>(i);
    auto best = column.back();
    for (auto const symbol : text) {
        auto diagonal = 0;
        for (std::size_t i = 1; i <= code.size(); ++i) {
            auto const before = column[i];
            column[i] = std::min({before + 1, column[i - 1] + 1, diagonal + (code[i - 1] == symbol ? 0 : 1)});
            diagonal = before;
        }
        best = std::min(best, column.back());
    }
    return best;
}

void judge(std::vector<Candidate>& candidates, Money amount, std::string_view content, Instant occurred_at, std::set<std::string> const& shapes) {
    auto const text = compact(content);
    auto const foreign = foreign_references(text, shapes);
    for (auto& each : candidates) judge_one(each, amount, text, occurred_at, foreign);
    std::erase_if(candidates, [](auto const& each) { return each.score < 10; });
    std::ranges::sort(candidates, [](auto const& a, auto const& b) { return std::tuple{-a.score, std::abs(a.minutes), a.request} < std::tuple{-b.score, std::abs(b.minutes), b.request}; });
    auto const close = std::ranges::count_if(candidates, [](auto const& each) { return each.wrong_symbols <= near; });
    for (auto& each : candidates) each.certain = close == 1 && each.wrong_symbols <= sure && is_exact(each);
    if (candidates.size() > most_shown) candidates.resize(most_shown);
}

std::map<ExceptionId, std::vector<Candidate>> candidates_of(postgres::Connection& connection, std::vector<ShownException> const& exceptions) {
    static auto const statement = postgres::Statement{"exceptions_candidates", std::string{exceptions_sql::candidates}};
    auto out = std::map<ExceptionId, std::vector<Candidate>>{};
    postgres::Array buckets{postgres::Array::Type::int2}, ids{postgres::Array::Type::uuid}, named{postgres::Array::Type::text};
    auto shapes = shapes_of(connection, exceptions);
    for (auto const& each : exceptions) {
        auto const waits = each.row.state != ExceptionState::done &&
                           (each.row.kind == ExceptionKind::unreferenced || each.row.kind == ExceptionKind::wrong_account || each.row.kind == ExceptionKind::line_without_notice);
        if (!waits) continue;
        buckets.add(each.row.id.bucket());
        ids.add(each.row.id);
        named.add(between_bars(foreign_references(compact(each.content), shapes[each.row.account])));
    }
    if (ids.empty()) return out;
    auto const rows = connection.query(statement, postgres::Params::of(buckets, ids, named));
    for (auto row = 0; row < rows.rows(); ++row) {
        auto each = Candidate{};
        each.request = rows.id<PaymentRequestId>(row, 1);
        each.merchant = rows.id<MerchantId>(row, 2);
        each.reference = rows.text(row, 3);
        each.amount = rows.maybe_money(row, 4);
        each.amount_paid = rows.money(row, 5);
        each.status = payments::request_status_of(rows.text(row, 6)).value();
        each.created_at = rows.time(row, 7);
        each.description = rows.text(row, 8);
        each.order_code = rows.maybe_text(row, 9).value_or("");
        out[rows.id<ExceptionId>(row, 0)].push_back(std::move(each));
    }
    for (auto const& each : exceptions)
        if (auto const found = out.find(each.row.id); found != out.end()) judge(found->second, each.row.amount, each.content, each.row.occurred_at, shapes[each.row.account]);
    return out;
}

}  // namespace choso::settlement
