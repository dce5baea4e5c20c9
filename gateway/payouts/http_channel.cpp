#include "gateway/payouts/http_channel.hpp"

#include <algorithm>

#include "platform/http/client.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"

namespace choso::payouts {
namespace {

constexpr std::size_t answer_bytes_max = 64 * 1024;

std::string text_of(json::Value const& body, std::string_view field) {
    auto const* value = body.find(field);
    return value == nullptr ? std::string{} : std::string{value->as_string().value_or("")};
}

/// A bank's free text may name people; only a word goes into the book.
std::string as_word(std::string_view reason) {
    auto const of_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    auto const is_word = !reason.empty() && reason.size() <= 40 && std::all_of(reason.begin(), reason.end(), of_word);
    return is_word ? std::string{reason} : "bank_refused";
}

std::string as_reference(std::string_view text) {
    auto const printable = std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
    return printable ? std::string{text.substr(0, 64)} : std::string{};
}

BankWord call(HttpChannelOptions const& options, http::Method method, std::string const& path, std::string const& body, PayoutId id) {
    try {
        auto const answer = http::exchange(options.host, options.port, method, options.prefix + path,
                                           {{"Authorization", "Bearer " + options.token}, {"Content-Type", "application/json"}}, body,
                                           {.total = options.total, .answer_bytes_max = answer_bytes_max});
        return read_answer(answer.status, answer.body, id);
    } catch (http::ClientError const& failed) {
        log::warn("bank_did_not_answer", {{"payout", id.text()}, {"why", failed.what()}});
        return {};
    }
}

}  // namespace

std::optional<HttpChannelOptions> parse_channel_url(std::string_view url) {
    constexpr std::string_view scheme = "http://";
    if (!url.starts_with(scheme)) return std::nullopt;
    url.remove_prefix(scheme.size());
    while (url.ends_with('/')) url.remove_suffix(1);
    auto out = HttpChannelOptions{};
    auto const slash = std::min(url.find('/'), url.size());
    out.prefix = url.substr(slash);
    auto authority = url.substr(0, slash);
    if (auto const colon = authority.rfind(':'); colon != std::string_view::npos && !authority.ends_with(']')) {
        auto const port = parse_dong(authority.substr(colon + 1));
        if (!port || port->dong() < 1 || port->dong() > 65'535) return std::nullopt;
        out.port = static_cast<std::uint16_t>(port->dong());
        authority = authority.substr(0, colon);
    }
    if (authority.starts_with('[') && authority.ends_with(']')) authority = authority.substr(1, authority.size() - 2);
    auto const clean = [](std::string_view text) {
        return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F && c != '@' && c != '?' && c != '#'; });
    };
    if (authority.empty() || !clean(authority) || !clean(out.prefix)) return std::nullopt;
    out.host = authority;
    return out;
}

BankWord read_answer(int status, std::string_view body, PayoutId id) {
    using Kind = BankWord::Kind;
    if (status != 200 && status != 404) return {};
    auto const read = json::parse(body);
    // An answer about another payout, or none we understand, is no answer.
    if (!read || !read->is_object() || text_of(*read, "id") != id.text()) return {};
    auto const word = text_of(*read, "status");
    // Money is given back on this word: a wrong address or a proxy's page must not be able to say it.
    if (status == 404) return {word == "unknown" ? Kind::never_heard_of : Kind::nothing, {}, {}};
    auto out = BankWord{Kind::nothing, as_reference(text_of(*read, "bank_reference")), {}};
    if (word == "succeeded") out.kind = Kind::succeeded;
    if (word == "pending") out.kind = Kind::pending;
    if (word == "failed") {
        out.kind = Kind::failed;
        out.reason = as_word(text_of(*read, "reason"));
    }
    return out;
}

BankWord HttpChannel::send(Transfer const& transfer) {
    std::string body;
    auto json = json::Writer{body};
    json.object().member("id", transfer.id.text());
    json.key("from").object().member("bin", transfer.from_bin).member("account", transfer.from_account).end();
    json.key("to").object().member("bin", transfer.to_bin).member("account", transfer.to_account).member("holder", transfer.to_holder).end();
    json.member("amount", transfer.amount).member("content", transfer.content).end();
    auto word = call(options_, http::Method::post, "/payouts", body, transfer.id);
    // Only an ask can be told so; to a sender it is a wrong address, and what it did with the bytes is not known.
    if (word.kind == BankWord::Kind::never_heard_of) word.kind = BankWord::Kind::nothing;
    return word;
}

BankWord HttpChannel::ask(PayoutId id) { return call(options_, http::Method::get, "/payouts/" + id.text(), {}, id); }

}  // namespace choso::payouts
