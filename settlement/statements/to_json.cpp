#include "platform/json/json.hpp"
#include "settlement/statements/parse.hpp"

namespace choso::statements {
namespace {

void day(json::Writer& out, std::string_view name, std::optional<Day> const& day) {
    out.key(name);
    if (day) out.value(text(*day));
    else out.null();
}

void maybe(json::Writer& out, std::string_view name, std::string const& text) {
    out.key(name);
    if (text.empty()) out.null();
    else out.value(text);
}

void balance(json::Writer& out, std::string_view name, std::optional<Balance> const& balance, int scale) {
    out.key(name);
    if (!balance) {
        out.null();
        return;
    }
    out.object().member("amount", balance->amount.text(scale));
    day(out, "date", balance->date);
    out.end();
}

}  // namespace

std::string to_json(std::string_view file_name, Statement const& statement) {
    auto text = std::string{};
    auto out = json::Writer{text};
    auto const& summary = statement.summary;
    auto const scale = summary.scale;
    out.object().member("file", file_name).member("format", summary.format);
    maybe(out, "account", summary.account);
    maybe(out, "currency", summary.currency);
    maybe(out, "sequence", summary.sequence);
    balance(out, "opening", summary.opening, scale);
    balance(out, "closing", summary.closing, scale);
    out.key("lines").array();
    for (auto const& line : statement.lines) {
        out.object();
        day(out, "booked", line.booked);
        day(out, "value", line.value);
        out.member("amount", line.amount.text(scale));
        maybe(out, "reference", line.reference);
        maybe(out, "bank_reference", line.bank_reference);
        out.member("content", line.content);
        out.key("counterparty").object();
        maybe(out, "name", line.counterparty.name);
        maybe(out, "account", line.counterparty.account);
        maybe(out, "bank", line.counterparty.bank);
        out.end().member("reversal", line.reversal).end();
    }
    out.end().member("proof", word(summary.proof));
    out.key("difference");
    if (summary.difference) out.value(summary.difference->text(scale));
    else out.null();
    out.key("warnings").array();
    for (auto const& warning : summary.warnings) out.value(warning);
    out.end().end();
    return text;
}

}  // namespace choso::statements
