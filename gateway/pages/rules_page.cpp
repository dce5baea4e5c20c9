#include <algorithm>
#include <span>

#include "base/vietnamese.hpp"
#include "gateway/api/exceptions.hpp"
#include "gateway/pages/desk_pages.hpp"
#include "gateway/pages/people_frame.hpp"
#include "settlement/rules/store.hpp"

namespace choso::pages {
namespace {

using settlement::MatchRule;
using settlement::RuleFault;
using settlement::RuleState;
using settlement::Switched;

constexpr std::int64_t past_looked_at = 5'000;
constexpr std::size_t rows_shown = 20;
constexpr std::size_t longest_text = 120;
constexpr std::size_t most_payees = 200;
constexpr auto here = "/doi-soat/quy-tac";

std::string_view words(RuleState state) {
    switch (state) {
        case RuleState::draft: return "Bản nháp";
        case RuleState::on: return "Đang dùng";
        case RuleState::off: break;
    }
    return "Đã tắt";
}

std::string_view words(RuleFault fault) {
    switch (fault) {
        case RuleFault::no_name: return "Quy tắc phải có tên.";
        case RuleFault::words_too_short: return "Các từ phải có ít nhất bốn chữ hoặc số.";
        case RuleFault::amounts_crossed: break;
    }
    return "Số tiền đến phải không nhỏ hơn số tiền từ.";
}

std::vector<MatchRule> rules_of(api::Person const& person, postgres::Connection& connection) {
    auto const [buckets, desks] = api::columns_of(api::desks_of(person));
    return settlement::rules_of(connection, buckets, desks);
}

MatchRule const* find(std::vector<MatchRule> const& rules, std::string_view id, std::string_view version) {
    auto const wanted = from_hyphenated(id);
    auto const found = std::ranges::find_if(rules, [&](auto const& each) { return wanted && each.id == *wanted && std::to_string(each.version) == version; });
    return found == rules.end() ? nullptr : &*found;
}

std::string name_of(api::Person const& person, MerchantId id) {
    auto const* merchant = person.directory->merchant(id);
    return merchant != nullptr ? merchant->name : id.text();
}

std::string number_of(api::Person const& person, AccountId id) {
    auto const* account = person.directory->account(id);
    return account != nullptr ? account->number : id.text();
}

/// What a rule may be about: an account of a desk, and one of those it collects for.
struct Target {
    merchants::Merchant const* desk;
    merchants::BankAccount const* account;
    MerchantId payee;
    [[nodiscard]] std::string value() const { return account->id.text() + "/" + payee.text(); }
};
std::vector<Target> targets_of(api::Person const& person) {
    auto out = std::vector<Target>{};
    for (auto const* owner : person.merchants(api::desk_roles)) {
        if (!owner->is_owner) continue;
        for (auto const* account : person.directory->accounts_of(owner->collector))
            for (auto const& payee : person.directory->payees_of(*account, most_payees)) out.push_back({owner, account, payee});
    }
    return out;
}

void draw_past(Html& html, std::string_view title, std::vector<settlement::PastCredit> const& lines) {
    html.line("h3", std::string{title} + ": " + std::to_string(lines.size()));
    if (lines.empty()) return;
    html.open("ul");
    for (auto const& each : std::span{lines}.first(std::min<std::size_t>(rows_shown, lines.size()))) html.line("li", to_page_time(each.at) + " · " + with_unit(each.amount) + " · " + each.content);
    html.close();
}

void draw_preview(Html& html, api::Person const& person, postgres::Connection& connection, MatchRule const& rule, std::vector<MatchRule> const& rules) {
    auto on = std::optional<MatchRule>{};
    for (auto const& each : rules)
        if (each.id == rule.id && each.state == RuleState::on && each.version != rule.version) on = each;
    auto const shown = settlement::preview(rule, on, settlement::past_credits(connection, rule, past_looked_at));
    html.line("h2", "Xem trước: " + rule.name + ", bản " + std::to_string(rule.version), {{"id", "xem-truoc"}});
    html.line("p", "Thử trên " + std::to_string(shown.looked_at) + " khoản đã qua" + (on ? ", so với bản " + std::to_string(on->version) + " đang dùng." : "."));
    draw_past(html, "Khớp thêm", shown.gained);
    draw_past(html, "Không còn khớp", shown.lost);
    draw_past(html, "Vẫn khớp", shown.kept);
    draw_past(html, "Trái với người đã quyết", shown.contradicted);
    html.line("p", "Còn chờ, không bản nào khớp: " + std::to_string(shown.open));
    if (rule.state == RuleState::on) return;
    if (rule.maker == person.id.uuid()) {
        html.line("p", "Người khác phải xem và bật bản này.", {{"class", "small"}});
        return;
    }
    open_form(html, person, "/doi-soat/quy-tac/bat");
    hidden(html, "id", to_hyphenated(rule.id));
    hidden(html, "version", std::to_string(rule.version));
    hidden(html, "what", "on");
    button(html, "Bật bản này");
    html.close();
}

void draw_list(Html& html, api::Person const& person, std::vector<MatchRule> const& rules) {
    if (rules.empty()) return void(html.line("p", "Chưa có quy tắc nào."));
    html.open("div", {{"class", "wide"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", "Quy tắc"}}).open("table").open("thead").open("tr");
    for (auto const* head : {"Tên", "Bản", "Các từ", "Số tiền", "Tài khoản", "Ghi cho", "Tình trạng", ""}) html.line("th", head, {{"scope", "col"}});
    html.close().close().open("tbody");
    for (auto const& rule : rules) {
        auto const id = to_hyphenated(rule.id);
        html.open("tr").open("th", {{"scope", "row"}});
        html.line("a", rule.name, {{"href", std::string{here} + "?id=" + id + "&version=" + std::to_string(rule.version) + "#xem-truoc"}}).close();
        html.line("td", std::to_string(rule.version)).line("td", rule.words);
        html.line("td", (rule.from ? "từ " + with_unit(*rule.from) : "") + (rule.to ? " đến " + with_unit(*rule.to) : ""));
        html.line("td", number_of(person, rule.account)).line("td", name_of(person, rule.merchant)).line("td", words(rule.state)).open("td");
        if (rule.state == RuleState::on) {
            open_form(html, person, "/doi-soat/quy-tac/bat");
            hidden(html, "id", id);
            hidden(html, "version", std::to_string(rule.version));
            hidden(html, "what", "off");
            button(html, "Tắt");
            html.close();
        }
        html.close().close();
    }
    html.close().close().close();
}

void draw_form(Html& html, api::Person const& person, MatchRule const* before) {
    html.line("h2", before != nullptr ? "Bản mới của " + before->name : std::string{"Quy tắc mới"});
    open_form(html, person, here);
    if (before != nullptr) hidden(html, "id", to_hyphenated(before->id));
    text_field(html, "name", "Tên", "text", "off", before != nullptr ? before->name : "");
    text_field(html, "words", "Các từ trong nội dung (dấu # là một chữ số)", "text", "off", before != nullptr ? before->words : "");
    text_field(html, "from", "Số tiền từ", "text", "off", before != nullptr && before->from ? std::to_string(before->from->dong()) : "");
    text_field(html, "to", "Số tiền đến", "text", "off", before != nullptr && before->to ? std::to_string(before->to->dong()) : "");
    html.line("label", "Tài khoản và đơn vị nhận", {{"for", "target"}}).open("select", {{"id", "target"}, {"name", "target"}});
    for (auto const& each : targets_of(person)) {
        auto const label = each.account->number + " · " + name_of(person, each.payee);
        if (before != nullptr && before->account == each.account->id && before->merchant == each.payee) html.line("option", label, {{"value", each.value()}, {"selected", ""}});
        else html.line("option", label, {{"value", each.value()}});
    }
    html.close();
    button(html, "Lưu bản nháp và xem trước");
    html.close();
}

http::Response draw(api::Person const& person, postgres::Connection& connection, int status, std::string_view said, MatchRule const* at) {
    auto const rules = rules_of(person, connection);
    return person_page(status, person, "Quy tắc đối soát", [&](Html& html) {
        if (!said.empty()) html.line("p", said, {{"class", "part"}, {"role", "status"}});
        html.line("p", "Quy tắc chỉ đề nghị; mỗi khoản vẫn do người thứ hai duyệt.", {{"class", "small"}});
        draw_list(html, person, rules);
        if (at != nullptr) draw_preview(html, person, connection, *at, rules);
        draw_form(html, person, at);
    });
}

/// What was typed, or what is wrong with it.
Result<MatchRule, std::string> rule_of_form(api::Person const& person, http::Request const& request, MatchRule const* before, Instant now) {
    auto out = MatchRule{};
    auto const target = form_value(request, "target");
    auto const all = targets_of(person);
    auto const found = std::ranges::find_if(all, [&](auto const& each) { return each.value() == target; });
    if (found == all.end()) return std::string{"Tài khoản và đơn vị nhận phải là một trong danh sách."};
    out.bucket = person.directory->collector(found->account->collector)->bucket;
    out.account = found->account->id;
    out.merchant = found->payee;
    out.desk = found->desk->id;
    out.id = before != nullptr ? before->id : new_uuid(out.bucket, now);
    if (before != nullptr && before->bucket != out.bucket) return std::string{"Bản mới phải ở cùng đơn vị chủ quản."};
    out.name = form_value(request, "name").substr(0, longest_text);
    out.words = form_value(request, "words").substr(0, longest_text);
    if (!is_valid_utf8(out.name) || !is_valid_utf8(out.words)) return std::string{"Tên và các từ dài quá, hoặc không phải chữ."};
    for (auto [field, into] : {std::pair{"from", &out.from}, std::pair{"to", &out.to}}) {
        auto const text = form_value(request, field);
        if (text.empty()) continue;
        *into = parse_dong(text);
        if (!*into) return std::string{"Số tiền phải là số nguyên đồng."};
    }
    if (auto const fault = settlement::fault_of(out)) return std::string{words(*fault)};
    return out;
}

}  // namespace

http::Handler rules_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = api::desk_roles}, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const rules = rules_of(person, connection);
            auto const& request = later->request();
            (*later)(draw(person, connection, 200, "", find(rules, request.query_value("id").value_or(""), request.query_value("version").value_or(""))));
        });
    };
}

http::Handler keep_rule(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = api::desk_roles}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const rules = rules_of(person, connection);
            auto const wanted = from_hyphenated(form_value(later->request(), "id"));
            auto const before = std::ranges::find_if(rules, [&](auto const& each) { return wanted && each.id == *wanted; });
            auto const* known = before == rules.end() ? nullptr : &*before;
            auto const rule = rule_of_form(person, later->request(), known, edge.clock.now());
            if (!rule) return (*later)(draw(person, connection, 422, rule.error(), known));
            auto const version = settlement::keep_rule(connection, *rule, person.actor(), edge.clock.now());
            (*later)(go_to(std::string{here} + "?id=" + to_hyphenated(rule->id) + "&version=" + std::to_string(version) + "#xem-truoc"));
        });
    };
}

http::Handler switch_rule(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = api::desk_roles}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const rules = rules_of(person, connection);
            auto const& request = later->request();
            auto const* rule = find(rules, form_value(request, "id"), form_value(request, "version"));
            if (rule == nullptr) return (*later)(draw(person, connection, 404, "Không có quy tắc này.", nullptr));
            auto const now = edge.clock.now();
            auto const done = form_value(request, "what") == "on" ? settlement::switch_on(connection, rule->bucket, rule->id, rule->version, person.actor(), now)
                                                                 : settlement::switch_off(connection, rule->bucket, rule->id, person.actor(), now);
            if (done == Switched::own_rule) return (*later)(draw(person, connection, 409, "Người khác phải bật quy tắc của bạn.", rule));
            (*later)(go_to(here));
        });
    };
}

}  // namespace choso::pages
