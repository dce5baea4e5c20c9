// A class's sheet of codes: one for each payer, to be cut and handed out.
#include <algorithm>
#include <atomic>

#include "base/vietnamese.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/rows.hpp"
#include "gateway/api/show.hpp"
#include "gateway/pages/fees/desk_parts.hpp"
#include "platform/pdf/document.hpp"
#include "qr/symbol.hpp"

namespace choso::pages::fees {
namespace {

constexpr std::size_t titles_shown = 4;

/// What one payer owes into one account: a bill by itself, or several in one transfer.
struct Slip {
    std::vector<bills::BillView> views;
    std::optional<payments::PaymentRequest> request;  ///< what the code asks for; none yet for several

    [[nodiscard]] std::vector<std::pair<BillId, Money>> lines() const {
        auto out = std::vector<std::pair<BillId, Money>>{};
        for (auto const& view : views) out.emplace_back(view.bill.id, view.left());
        return out;
    }
};

struct Sheet {
    Desk desk;
    std::vector<Slip> slips;
    std::vector<std::optional<PaymentRequestId>> groups;  ///< of each slip, where there is or will be one
    std::atomic<std::size_t> missing{0};
};

std::vector<Slip> slips_of(std::vector<bills::BillView> views) {
    auto out = std::vector<Slip>{};
    for (auto& view : views) {
        auto const fits = [&](Slip const& slip) {
            return slip.views.front().bill.payer == view.bill.payer && slip.views.front().own->account == view.own->account && slip.views.size() < bills_in_group_max;
        };
        // Of one payer they stand together.
        auto at = std::find_if(out.rbegin(), out.rend(), [&](Slip const& slip) { return fits(slip) || slip.views.front().bill.payer != view.bill.payer; });
        if (at != out.rend() && fits(*at)) at->views.push_back(std::move(view));
        else out.push_back(Slip{{std::move(view)}, {}});
    }
    for (auto& slip : out)
        if (slip.views.size() == 1) slip.request = slip.views.front().shown;
    return out;
}

std::string day_of(Slip const& slip) {
    auto first = std::string{};
    for (auto const& view : slip.views)
        if (!view.bill.due.empty() && (first.empty() || view.bill.due < first)) first = view.bill.due;
    return day_words(first);
}

void draw_slip(pdf::Document& document, Slip const& slip, merchants::Directory const& directory, double x, double y) {
    auto const& first = slip.views.front();
    constexpr double beside = 42, width = 48;
    auto down = y;
    auto const say = [&](std::string const& text, double size, bool bold) { down += document.text(x + beside, down, width, text, {.size_pt = size, .bold = bold}); };
    say(first.payer_name.empty() ? first.payer_code : first.payer_name, 11, true);
    say("Mã: " + first.payer_code, 9, false);
    auto sum = Money{};
    for (std::size_t n = 0; n < slip.views.size(); ++n) {
        sum += slip.views[n].left();
        if (n < titles_shown) say((slip.views.size() > 1 ? "• " : "") + title_of(slip.views[n]), 8, false);
    }
    if (slip.views.size() > titles_shown) say("và " + std::to_string(slip.views.size() - titles_shown) + " khoản khác", 8, false);
    say(with_dots(sum) + " đ", 13, true);
    if (auto const day = day_of(slip); !day.empty()) say("Hạn: " + day, 9, false);
    say(slip.views.size() == 1 ? "Phiếu " + first.bill.number : std::to_string(slip.views.size()) + " phiếu, một lần chuyển", 9, false);
    say("Phí dịch vụ: 0 đ", 9, false);
    auto const payload = slip.request ? api::pay_code(*slip.request, directory.account(slip.request->account)).payload : std::nullopt;
    auto const symbol = qr::encode(payload.value_or(""));
    if (payload && symbol)
        document.symbol(x + 1, y + 2, 38, static_cast<std::size_t>(symbol->side()),
                        [&](std::size_t column, std::size_t row) { return symbol->is_dark(static_cast<int>(column), static_cast<int>(row)); });
    else document.text(x + 1, y + 2, 38, "Không trả được bằng một mã: xem từng phiếu ở trang Nộp phí.", {.size_pt = 9});
}

/// Eight to an A4 page, two across; a class begins a page of its own.
std::string draw(Sheet const& sheet, merchants::Directory const& directory) {
    auto document = pdf::Document{"Danh sách thu – " + sheet.desk.payee.merchant->name};
    constexpr auto rows = 4, columns = 2;
    constexpr double width = 95, height = 68, left = 10, top = 15;
    auto n = rows * columns;
    auto unit = std::string{};
    for (auto const& slip : sheet.slips) {
        auto const& of = slip.views.front().unit_name;
        if (n == rows * columns || of != unit) {
            document.page(pdf::a4);
            document.text(left, 6, 190, sheet.desk.payee.merchant->name + (of.empty() ? "" : " – " + of), {.size_pt = 9, .bold = true});
            n = 0;
            unit = of;
        }
        auto const x = left + (n % columns) * width;
        auto const y = top + (n / columns) * height;
        ++n;
        document.line(x, y + height - 3, x + width - 4, y + height - 3, 0.1, {0.6, 0.6, 0.6});
        draw_slip(document, slip, directory, x, y);
    }
    if (sheet.slips.empty()) {
        document.page(pdf::a4);
        document.text(left, top, 190, "Không còn phiếu nào phải thu.", {.size_pt = 12});
    }
    return document.finish();
}

void answer(api::Edge& edge, std::shared_ptr<http::Responder> const& later, std::shared_ptr<Sheet> const& sheet) {
    edge.reads.ask(later, people_audience(later->request()), [&edge, later, sheet](postgres::Connection& connection) {
        for (std::size_t n = 0; n < sheet->slips.size(); ++n)
            if (sheet->groups[n]) sheet->slips[n].request = api::find_request(connection, *sheet->groups[n]);
        (*later)(file_response("application/pdf", "danh-sach-thu.pdf", draw(*sheet, *edge.directory.current())));
    });
}

/// The transfer of a payer's bills, made at once for all who have none yet; whose bill was paid meanwhile gets no code.
void make_missing(api::Edge& edge, std::shared_ptr<http::Responder> const& later, std::shared_ptr<Sheet> const& sheet) {
    auto commands = std::vector<std::pair<std::size_t, std::unique_ptr<bills::GroupBills>>>{};
    auto const directory = edge.directory.current();
    for (std::size_t n = 0; n < sheet->slips.size(); ++n) {
        auto const& slip = sheet->slips[n];
        if (slip.request || sheet->groups[n]) continue;
        auto members = std::vector<bills::GroupBills::Member>{};
        for (auto const& view : slip.views) members.push_back({view.bill.id, view.bill.request, {}});
        auto command = api::fees::group_command(*directory, slip.views.front().own->account, std::move(members), edge.clock.now());
        auto const text = "sheet/" + command->asked.id.text();
        command->idempotency = api::SentKey{text, "POST", "/thu", text}.of(sheet->desk.payee.merchant->id);
        commands.emplace_back(n, std::move(command));
    }
    if (commands.empty()) return answer(edge, later, sheet);
    sheet->missing = commands.size();
    for (auto& [n, command] : commands) {
        auto const id = command->asked.id;
        edge.core.submit(std::move(command), [&edge, later, sheet, n = n, id](payments::Answer const& told) {
            // Each slip is this answer's alone.
            if (!api::problem_in(told)) sheet->groups[n] = id;
            if (sheet->missing.fetch_sub(1) == 1) answer(edge, later, sheet);
        });
    }
}

}  // namespace

http::Handler class_sheet(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = clerks}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const desk = desk_of(edge, person, later->request());
            if (!desk) return (*later)(not_found_page());
            auto sheet = std::make_shared<Sheet>();
            sheet->desk = *desk;
            sheet->slips = slips_of(owing(connection, *desk));
            for (auto const& slip : sheet->slips) sheet->groups.push_back(slip.request ? std::nullopt : bills::same_group(connection, slip.lines()));
            make_missing(edge, later, sheet);
        });
    };
}

}  // namespace choso::pages::fees
