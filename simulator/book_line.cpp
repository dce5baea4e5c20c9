#include "simulator/book_line.hpp"

namespace choso::bank {

std::string text_in(json::Value const& line, std::string_view name) {
    auto const* found = line.find(name);
    auto const text = found != nullptr ? found->as_string() : std::nullopt;
    return std::string{text.value_or("")};
}

std::int64_t number_in(json::Value const& line, std::string_view name) {
    auto const* found = line.find(name);
    return found != nullptr ? found->as_int().value_or(0) : 0;
}

bool flag_in(json::Value const& line, std::string_view name) {
    auto const* found = line.find(name);
    return found != nullptr && found->as_bool().value_or(false);
}

Instant time_in(json::Value const& line, std::string_view name) { return parse_rfc3339(text_in(line, name)).value_or(Instant{}); }

namespace {

Party party_in(json::Value const& line, std::string_view name) {
    auto const* found = line.find(name);
    if (found == nullptr) return {};
    return {text_in(*found, "bin"), text_in(*found, "account"), text_in(*found, "name")};
}

void write_party(json::Writer& out, std::string_view name, Party const& party) {
    out.key(name).object().member("bin", party.bin).member("account", party.number).member("name", party.name).end();
}

}  // namespace

Movement movement_in(json::Value const& line) {
    auto out = Movement{};
    out.number = number_in(line, "number");
    out.account = {text_in(line, "bin"), text_in(line, "account")};
    out.at = time_in(line, "at");
    out.amount = Money{number_in(line, "amount")};
    out.balance = Money{number_in(line, "balance")};
    out.reference = text_in(line, "reference");
    out.content = text_in(line, "content");
    out.other = party_in(line, "other");
    out.reverses = number_in(line, "reverses");
    out.payout = text_in(line, "payout");
    out.why = text_in(line, "why");
    return out;
}

Payout payout_in(json::Value const& line) {
    auto out = Payout{};
    out.id = text_in(line, "id");
    auto const from = party_in(line, "from");
    out.from = {from.bin, from.number};
    out.to = party_in(line, "to");
    out.amount = Money{number_in(line, "amount")};
    out.content = text_in(line, "content");
    out.status = payout_status_of(text_in(line, "status")).value_or(PayoutStatus::pending);
    out.reference = text_in(line, "bank_reference");
    out.reason = text_in(line, "reason");
    return out;
}

Delivery delivery_in(json::Value const& line) {
    auto out = Delivery{};
    out.number = number_in(line, "number");
    out.to = text_in(line, "to");
    if (auto const* movements = line.find("movements"))
        for (auto const& number : movements->items()) out.movements.push_back(number.as_int().value_or(0));
    out.due = time_in(line, "due");
    return out;
}

Later later_in(json::Value const& line) {
    auto out = Later{};
    out.number = number_in(line, "number");
    out.at = time_in(line, "at");
    out.what = text_in(line, "then");
    out.movement = number_in(line, "movement");
    out.payout = text_in(line, "payout");
    return out;
}

std::string first_line(std::int64_t first) {
    auto out = std::string{};
    json::Writer{out}.object().member("what", "book").member("first", first).end();
    return out;
}

std::string account_line(AccountKey const& key, std::string const& holder, Money opening) {
    auto out = std::string{};
    json::Writer{out}.object().member("what", "account").member("bin", key.bin).member("account", key.number).member("holder", holder)
        .member("opening", opening).end();
    return out;
}

void write_members(json::Writer& out, Movement const& movement) {
    out.member("number", movement.number).member("bin", movement.account.bin).member("account", movement.account.number);
    out.member("at", to_rfc3339(movement.at)).member("amount", movement.amount).member("balance", movement.balance);
    out.member("reference", movement.reference).member("content", movement.content);
    write_party(out, "other", movement.other);
    if (movement.reverses != 0) out.member("reverses", movement.reverses);
    if (!movement.payout.empty()) out.member("payout", movement.payout);
    if (!movement.why.empty()) out.member("why", movement.why);
}

std::string movement_line(Movement const& movement) {
    auto out = std::string{};
    auto writer = json::Writer{out};
    writer.object().member("what", "movement");
    write_members(writer, movement);
    writer.end();
    return out;
}

std::string payout_line(Payout const& payout) {
    auto out = std::string{};
    auto writer = json::Writer{out};
    writer.object().member("what", "payout").member("id", payout.id);
    write_party(writer, "from", {payout.from.bin, payout.from.number, ""});
    write_party(writer, "to", payout.to);
    writer.member("amount", payout.amount).member("content", payout.content).member("status", word(payout.status));
    writer.member("bank_reference", payout.reference).member("reason", payout.reason).end();
    return out;
}

std::string delivery_line(Delivery const& delivery) {
    auto out = std::string{};
    auto writer = json::Writer{out};
    writer.object().member("what", "delivery").member("number", delivery.number).member("to", delivery.to).key("movements").array();
    for (auto const number : delivery.movements) writer.value(number);
    writer.end().member("due", to_rfc3339(delivery.due)).end();
    return out;
}

std::string attempt_line(std::int64_t delivery, std::string const& answer, bool done, Instant due) {
    auto out = std::string{};
    json::Writer{out}.object().member("what", "attempt").member("delivery", delivery).member("answer", answer).member("done", done)
        .member("due", to_rfc3339(due)).end();
    return out;
}

std::string later_line(Later const& later) {
    auto out = std::string{};
    json::Writer{out}.object().member("what", "later").member("number", later.number).member("at", to_rfc3339(later.at))
        .member("then", later.what).member("movement", later.movement).member("payout", later.payout).end();
    return out;
}

std::string happened_line(std::int64_t later) {
    auto out = std::string{};
    json::Writer{out}.object().member("what", "happened").member("later", later).end();
    return out;
}

}  // namespace choso::bank
