#include "gateway/counter/market_pages.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "gateway/api/rows.hpp"
#include "gateway/counter/sql.hpp"
#include "gateway/counter/stall_session.hpp"
#include "gateway/pages/market_pack.hpp"
#include "gateway/pages/people_frame.hpp"
#include "merchants/stalls/market_import.hpp"
#include "merchants/stalls/markets.hpp"
#include "platform/http/multipart.hpp"
#include "qr/banks.hpp"
#include "qr/vietqr.hpp"

namespace choso::counter {
namespace {

using merchants::ManagedMarket;
using pages::Html;
using pages::with_unit;

constexpr api::Need look{};
/// What gives somebody an account to be paid into is done by who has just shown who they are.
constexpr api::Need change{.fresh = true};
constexpr auto quiet_after = std::chrono::hours{72};

struct Words {
    std::string_view field, begins, vietnamese;  ///< an empty field: any
};
constexpr std::array fields{Words{"number", "", "Số sạp"}, Words{"name", "", "Tên sạp"}, Words{"household", "", "Hộ kinh doanh"}, Words{"bank", "", "Ngân hàng"},
                            Words{"bin", "", "Ngân hàng"}, Words{"account", "", "Số tài khoản"}, Words{"holder", "", "Chủ tài khoản"}, Words{"file", "", "Tệp"}};
constexpr std::array rules{Words{"", "must be a column", "thiếu cột này ở dòng đầu"},
                           Words{"bank", "", "không có trong danh mục: ghi tên ngân hàng hoặc mã BIN"},
                           Words{"bin", "", "không có trong danh mục: ghi tên ngân hàng hoặc mã BIN"},
                           Words{"account", "must be 1 to 19", "gồm 1 đến 19 chữ số hoặc chữ cái không dấu"},
                           Words{"file", "must be a CSV", "không đọc được: cần bảng CSV hoặc Excel, nhiều nhất 5.000 dòng"},
                           Words{"file", "must have", "cần dòng tên cột và ít nhất một sạp"},
                           Words{"number", "must be 1 to", "phải có từ 1 đến 20 ký tự"},
                           Words{"", "must be 1 to", "để trống hoặc quá dài"},
                           Words{"", "must be valid UTF-8", "không phải chữ UTF-8"},
                           Words{"", "must not hold control", "có ký tự không in được"},
                           Words{"", "must not begin or end", "thừa dấu cách ở đầu hoặc cuối"}};

std::string field_in_vietnamese(std::string_view field) {
    auto const* found = std::ranges::find(fields, field, &Words::field);
    return std::string{found != fields.end() ? found->vietnamese : field};
}

/// What the registry and the importer say of a cell, for who fills it in.
std::string rule_in_vietnamese(std::string_view field, std::string_view rule) {
    constexpr std::string_view same = "must not be the one of row ";
    if (rule.starts_with(same)) return "trùng với dòng " + std::string{rule.substr(same.size())};
    for (auto const& each : rules)
        if ((each.field.empty() || each.field == field) && rule.starts_with(each.begins)) return std::string{each.vietnamese};
    return rule.starts_with("must not be") ? "đã có rồi" : "không hợp lệ";
}

struct StallDay {
    std::int64_t count = 0;
    Money sum;
    std::optional<Instant> last;
};

std::map<StallId, StallDay> read_days(postgres::Connection& connection, merchants::Directory const& directory, std::vector<merchants::Stall const*> const& stalls, Instant now) {
    static auto const statement = api::named("counter_market_day", sql::market_day);
    using postgres::Array;
    Array buckets{Array::Type::int2}, merchants{Array::Type::uuid}, ids{Array::Type::uuid};
    for (auto const* stall : stalls) {
        auto const* merchant = directory.merchant(stall->merchant);
        auto const* collector = merchant != nullptr ? directory.collector(merchant->collector) : nullptr;
        if (collector == nullptr) continue;
        buckets.add(collector->bucket);
        merchants.add(stall->merchant);
        ids.add(stall->id);
    }
    auto out = std::map<StallId, StallDay>{};
    if (ids.empty()) return out;
    auto const rows = connection.query(statement, postgres::Params::of(buckets, merchants, ids, api::least_id(start_of_day(now)), api::least_id(now - std::chrono::days{30})));
    for (auto row = 0; row < rows.rows(); ++row) out[rows.id<StallId>(row, 0)] = {rows.integer(row, 1), rows.money(row, 2), rows.maybe_time(row, 3)};
    return out;
}

std::vector<merchants::Stall const*> stalls_in(merchants::Directory const& directory, MarketId market) {
    auto out = directory.stalls();
    std::erase_if(out, [&](auto const* stall) { return stall->market != market; });
    std::ranges::sort(out, {}, [](auto const* stall) { return stall->number; });
    return out;
}

void draw_stalls(Html& html, ManagedMarket const& market, std::map<StallId, StallDay> const& days,
                 std::vector<merchants::Stall const*> const& stalls, Instant now) {
    html.open("div", {{"class", "wide"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Các sạp của " + market.name}}).open("table");
    html.open("thead").open("tr").line("th", "Sạp", {{"scope", "col"}}).line("th", "Tên", {{"scope", "col"}}).line("th", "Hôm nay", {{"scope", "col"}});
    html.line("th", "Khoản gần nhất", {{"scope", "col"}}).close().close().open("tbody");
    for (auto const* stall : stalls) {
        auto const found = days.find(stall->id);
        auto const day = found == days.end() ? StallDay{} : found->second;
        auto const quiet = !day.last || now - *day.last > quiet_after;
        html.open("tr").line("th", stall->number, {{"scope", "row"}}).line("td", stall->name);
        html.line("td", std::to_string(day.count) + " khoản" + (market.totals ? ", " + with_unit(day.sum) : ""));
        html.line("td", (day.last ? to_page_time(*day.last) : "chưa có") + (quiet ? " – im lặng" : "")).close();
    }
    html.close().close().close();
}

void draw_changes(Html& html, api::Person const& person, std::vector<merchants::AccountChange> const& changes, MarketId market, Instant now) {
    for (auto const& each : changes) {
        auto const* stall = person.directory->stall(each.stall);
        if (stall == nullptr || stall->market != market) continue;
        html.open("section", {{"aria-label", "Đổi tài khoản của sạp " + stall->number}});
        html.line("p", "Sạp " + stall->number + " xin đổi tài khoản sang " + each.holder + " …" + each.number.substr(each.number.size() - std::min<std::size_t>(4, each.number.size())) +
                           ". Sớm nhất " + to_page_time(each.earliest) + ".");
        for (auto const& [what, words] : {std::pair{"approve", "Duyệt"}, std::pair{"reject", "Từ chối"}}) {
            if (what == std::string_view{"approve"} && (now < each.earliest || each.asked_by == person.id.uuid())) continue;
            pages::open_form(html, person, "/ban-quan-ly/doi-tai-khoan");
            pages::hidden(html, "change", each.id.text());
            pages::hidden(html, "what", what);
            html.line("button", words, {{"type", "submit"}, {"class", "quiet"}, {"aria-label", std::string{words} + " đổi tài khoản sạp " + stall->number}}).close();
        }
        html.close();
    }
}

/// A whole market from a file, or pasted.
void draw_import(Html& html, api::Person const& person, ManagedMarket const& market) {
    auto const file = "file-" + market.id.text();
    auto const table = "table-" + market.id.text();
    html.open("details").line("summary", "Nhập cả chợ từ tệp");
    html.open("form", {{"method", "post"}, {"action", "/ban-quan-ly/nhap"}, {"enctype", "multipart/form-data"}});
    pages::hidden(html, "csrf", person.csrf);
    pages::hidden(html, "market", market.id.text());
    html.line("p", "Dòng đầu là tên cột: số sạp, tên sạp, hộ kinh doanh, ngân hàng, số tài khoản, chủ tài khoản.");
    html.line("label", "Tệp CSV hoặc Excel (.xlsx)", {{"for", file}}).lone("input", {{"id", file}, {"name", "file"}, {"type", "file"}});
    html.line("label", "hoặc dán bảng vào đây", {{"for", table}}).line("textarea", "", {{"id", table}, {"name", "table"}, {"rows", "6"}});
    pages::button(html, "Nhập");
    html.close().close();
}

/// A market this person looks after; nothing for any other, present or not.
std::optional<ManagedMarket> managed(postgres::Connection& connection, api::Person const& person, std::optional<MarketId> id) {
    for (auto& market : merchants::markets_of(connection, person.id))
        if (id && market.id == *id) return market;
    return std::nullopt;
}

http::Response draw_markets(api::Edge& edge, api::Person const& person, postgres::Connection& connection, int status, std::string_view complaint,
                            std::vector<merchants::RowError> const& errors = {}) {
    auto const markets = merchants::markets_of(connection, person.id);
    if (markets.empty()) return pages::not_found_page();
    auto const now = edge.clock.now();
    auto const changes = merchants::waiting_changes(connection);
    return pages::person_page(status, person, "Ban quản lý chợ", [&](Html& html) {
        if (!complaint.empty()) html.line("p", complaint, {{"class", "complaint"}, {"role", "alert"}});
        if (!errors.empty()) {
            html.open("div", {{"class", "wide"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Lỗi từng dòng"}}).open("table");
            html.open("thead").open("tr").line("th", "Dòng", {{"scope", "col"}}).line("th", "Cột", {{"scope", "col"}}).line("th", "Giá trị", {{"scope", "col"}}).line("th", "Lỗi", {{"scope", "col"}}).close().close();
            html.open("tbody");
            for (auto const& each : errors)
                html.open("tr").line("td", std::to_string(each.row)).line("td", field_in_vietnamese(each.field)).line("td", each.value).line("td", rule_in_vietnamese(each.field, each.rule)).close();
            html.close().close().close();
        }
        for (auto const& market : markets) {
            auto const stalls = stalls_in(*person.directory, market.id);
            html.line("h2", market.name).line("p", market.ward + ", " + market.province + " · " + std::to_string(stalls.size()) + " sạp", {{"class", "over"}});
            draw_changes(html, person, changes, market.id, now);
            html.line("a", "Thêm một sạp", {{"class", "button"}, {"href", "/ban-quan-ly/sap-moi?cho=" + market.id.text()}});
            draw_stalls(html, market, read_days(connection, *person.directory, stalls, now), stalls, now);
            if (!stalls.empty()) html.open("p").line("a", "In mã của cả chợ (PDF, khổ A6)", {{"href", "/ban-quan-ly/ma-in.pdf?cho=" + market.id.text()}}).close();
            draw_import(html, person, market);
        }
    });
}

void draw_new_stall(Html& html, api::Person const& person, ManagedMarket const& market, merchants::StallRow const& row) {
    html.line("p", market.name + " · " + market.ward, {{"class", "over"}});
    pages::open_form(html, person, "/ban-quan-ly/sap-moi");
    pages::hidden(html, "market", market.id.text());
    pages::text_field(html, "number", "Số sạp (ví dụ A12)", "text", "off", row.number);
    pages::text_field(html, "name", "Tên sạp (ví dụ Cô Hoa – rau củ)", "text", "off", row.name);
    pages::text_field(html, "household", "Tên hộ kinh doanh", "text", "off", row.household);
    pages::bank_field(html, "bank", "Ngân hàng", "Chọn ngân hàng", row.bin);
    pages::text_field(html, "account", "Số tài khoản", "text", "off", row.account);
    pages::text_field(html, "holder", "Tên chủ tài khoản (như ngân hàng ghi)", "text", "off", row.holder);
    pages::button(html, "Tạo sạp");
    html.close();
}

http::Response draw_made(api::Edge const& edge, api::Person const& person, merchants::ImportedStall const& made) {
    auto const link = edge.base_url + "/stall/" + std::string{made.link_token.reveal()};
    auto const code = qr::make({.bin = made.row.bin, .account = made.row.account, .purpose = made.reference});
    return pages::person_page(200, person, "Sạp " + made.row.number + " đã sẵn sàng", [&](Html& html) {
        html.line("p", "1. Người bán quét mã này bằng máy ảnh điện thoại để mở trang quầy. Mã chỉ hiện một lần.");
        html.open("div", {{"id", "open-link"}});
        pages::draw_symbol(html, link, "Mã mở trang quầy");
        html.close().open("p").line("a", "Đường dẫn của sạp", {{"href", link}}).close();
        html.line("p", "2. Mã dán ở quầy, sê-ri " + made.reference + ":");
        if (code) {
            html.open("div", {{"id", "static-code"}});
            pages::draw_symbol(html, *code, "Mã VietQR cố định của sạp");
            html.close();
        }
        html.line("p", "3. Chuyển thử 1.000 ₫ để nghe loa.");
        html.line("a", "Thêm sạp nữa", {{"class", "button"}, {"href", "/ban-quan-ly"}});
    });
}

merchants::StallRow row_of_form(http::Request const& request) {
    auto out = merchants::StallRow{};
    out.number = http::trimmed(pages::form_value(request, "number"));
    out.name = http::trimmed(pages::form_value(request, "name"));
    out.household = http::trimmed(pages::form_value(request, "household"));
    if (out.household.empty()) out.household = out.name;
    if (auto const* bank = qr::find_by_bin(pages::form_value(request, "bank"))) out.bin = bank->bin;
    out.account = pages::form_value(request, "account");
    std::erase_if(out.account, [](char c) { return c == ' ' || c == '.'; });
    out.holder = http::trimmed(pages::form_value(request, "holder"));
    return out;
}

/// The two fields of the import, whichever way the form came.
struct Sent {
    std::string market, table;
};
Sent sent_in(http::Request const& request) {
    auto const parts = http::parse_multipart(request.header("Content-Type").value_or(""), request.body);
    if (!parts) return {pages::form_value(request, "market"), pages::form_value(request, "table")};
    auto const value = [&parts](std::string_view name) {
        auto const* part = http::find_part(*parts, name);
        return part != nullptr ? std::string{part->value} : std::string{};
    };
    auto file = value("file");
    return {value("market"), file.empty() ? value("table") : std::move(file)};
}

/// New stalls are live where the market's other stalls are.
bool is_live(merchants::Directory const& directory, MarketId market) {
    auto const stalls = stalls_in(directory, market);
    auto const* merchant = stalls.empty() ? nullptr : directory.merchant(stalls.front()->merchant);
    return merchant != nullptr && merchant->live;
}

}  // namespace

http::Handler market_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        pages::enter_page(edge, std::move(respond), look, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            (*later)(draw_markets(edge, person, connection, 200, ""));
        });
    };
}

http::Handler new_stall_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        pages::enter_page(edge, std::move(respond), look, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const market = managed(connection, person, MarketId::parse(later->request().query_value("cho").value_or("")));
            if (!market) return (*later)(pages::not_found_page());
            (*later)(pages::person_page(200, person, "Thêm một sạp", [&](Html& html) { draw_new_stall(html, person, *market, {}); }));
        });
    };
}

http::Handler take_new_stall(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        pages::enter_page(edge, std::move(respond), look, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const& request = later->request();
            auto const market = managed(connection, person, MarketId::parse(pages::form_value(request, "market")));
            if (!market) return (*later)(pages::not_found_page());
            auto const row = row_of_form(request);
            auto registry = merchants::Registry{connection, person.actor()};
            auto const made = merchants::onboard_stall(registry, market->id, is_live(*person.directory, market->id), row);
            if (made) return (*later)(draw_made(edge, person, *made));
            (*later)(pages::person_page(422, person, "Thêm một sạp", [&](Html& html) {
                html.line("p", "Chưa tạo được. " + field_in_vietnamese(made.error().field) + ": " + rule_in_vietnamese(made.error().field, made.error().rule) + ".", {{"class", "complaint"}, {"role", "alert"}});
                draw_new_stall(html, person, *market, row);
            }));
        });
    };
}

http::Handler take_market_file(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        pages::enter_page(edge, std::move(respond), change, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const& request = later->request();
            auto const sent = sent_in(request);
            auto const market = managed(connection, person, MarketId::parse(sent.market));
            if (!market) return (*later)(pages::not_found_page());
            auto const table = merchants::read_market(sent.table);
            auto const done = merchants::import_market(connection, person.actor(), market->id, is_live(*person.directory, market->id), table);
            if (!done.errors.empty())
                return (*later)(draw_markets(edge, person, connection, 422, "Chưa nhập dòng nào: hãy sửa các lỗi dưới đây rồi nhập lại.", done.errors));
            (*later)(pages::person_page(200, person, "Đã nhập " + std::to_string(done.stalls.size()) + " sạp", [&](Html& html) {
                html.line("p", "Đường dẫn riêng của từng sạp, chỉ hiện một lần:").open("ul");
                for (auto const& each : done.stalls)
                    html.open("li").text(each.row.number + " " + each.row.name + ": ").line("code", edge.base_url + "/stall/" + std::string{each.link_token.reveal()}).close();
                html.close().open("p").line("a", "In mã của cả chợ (PDF, khổ A6)", {{"href", "/ban-quan-ly/ma-in.pdf?cho=" + market->id.text()}}).close();
                html.line("a", "Về chợ", {{"class", "button"}, {"href", "/ban-quan-ly"}});
            }));
        });
    };
}

http::Handler print_market(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        pages::enter_page(edge, std::move(respond), look, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const market = managed(connection, person, MarketId::parse(later->request().query_value("cho").value_or("")));
            if (!market) return (*later)(pages::not_found_page());
            edge.drawing.ask(later, pages::people_audience(later->request()), [&edge, later, id = market->id](postgres::Connection&) {
                auto pack = pages::market_pack(*edge.directory.current(), id, qr::StandeeSize::a6, [&later](std::size_t, std::size_t) { return !later->is_abandoned(); });
                if (!pack) return (*later)(pages::not_found_page());
                auto out = http::Response{200, "application/pdf", std::move(*pack), {}};
                out.with("Cache-Control", "no-store").with("Content-Disposition", "inline; filename=\"ma-cho.pdf\"");
                (*later)(std::move(out));
            });
        });
    };
}

http::Handler decide_account_change(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        pages::enter_page(edge, std::move(respond), change, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const& request = later->request();
            auto const id = merchants::AccountChangeId::parse(pages::form_value(request, "change"));
            auto const waiting = merchants::waiting_changes(connection);
            auto const found = std::ranges::find_if(waiting, [&](auto const& it) { return id && it.id == *id; });
            auto const* stall = found != waiting.end() ? person.directory->stall(found->stall) : nullptr;
            if (stall == nullptr || !managed(connection, person, stall->market)) return (*later)(pages::not_found_page());
            auto const approves = pages::form_value(request, "what") == "approve";
            auto const now = edge.clock.now();
            auto const done = approves ? merchants::approve_account_change(connection, person.actor(), *id, now)
                                       : merchants::reject_account_change(connection, person.actor(), *id, stall->id, "the market's manager said no", now);
            if (!done) return (*later)(draw_markets(edge, person, connection, 422, "Chưa làm được: cần một người khác người yêu cầu, và đủ 24 giờ."));
            (*later)(pages::go_to("/ban-quan-ly"));
        });
    };
}

}  // namespace choso::counter
