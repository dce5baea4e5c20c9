#include "simulator/month.hpp"

#include <array>
#include <fstream>
#include <stdexcept>

#include "base/reference.hpp"
#include "qr/vietqr.hpp"
#include "simulator/camt054.hpp"
#include "simulator/statement.hpp"

namespace choso::bank {
namespace {

constexpr std::array<std::array<std::string_view, 3>, 6> invented{{
    {"970436", "9900000102947", "NGUYEN THI HOA"},
    {"970415", "9900000205894", "TRAN VAN BINH"},
    {"970422", "9900000411788", "LE ANH TU"},
    {"970407", "9900000514735", "VU THI LAN"},
    {"970416", "9900000720629", "HOANG VAN KHAI"},
    {"970405", "9900073000033", "TT PHUC VU HANH CHINH CONG"},
}};

void write(std::filesystem::path const& file, std::string const& text) {
    auto out = std::ofstream{file, std::ios::binary | std::ios::app};
    out << text;
    out.close();
    if (!out) throw std::runtime_error{"cannot write " + file.string()};
}

/// Somebody who takes everything, so that what would be sent can be written down.
Subscription paper(std::string name, Subscription::Kind kind) {
    auto out = Subscription{};
    out.name = std::move(name);
    out.kind = kind;
    return out;
}

ReferenceIssuer issuer_of(Dice& dice) {
    auto bytes = std::array<std::uint8_t, ReferenceKey::size>{};
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(dice.below(256));
    return ReferenceIssuer{ReferenceKey{bytes}};
}

/// Codes that ask for invented sums, as a gateway would make them.
class Asker {
 public:
    Asker(std::uint64_t seed, Setup const& setup) : dice_{seed}, issuer_{issuer_of(dice_)}, accounts_{setup.accounts} {}

    std::string ask() {
        auto reference = std::optional<Reference>{};
        while (!reference) reference = issuer_.issue(ReferenceKind::order, false, Bucket::of_bits(number_), number_), ++number_;
        auto const& account = accounts_[dice_.below(accounts_.size())].key;
        auto const payload = qr::make({.bin = account.bin, .account = account.number, .amount = Money{1'000 * (1 + static_cast<std::int64_t>(dice_.below(900)))},
                                       .purpose = reference->text()});
        CHOSO_ASSERT(payload.ok());
        return *payload;
    }

 private:
    Dice dice_;
    ReferenceIssuer issuer_;
    std::vector<Setup::NewAccount> accounts_;
    std::uint64_t number_ = 0;
};

/// Sends to nobody: writes what is due into the folder.
void write_letters(Bank& bank, std::filesystem::path const& folder, std::int64_t& notices, std::int64_t& files) {
    bank.catch_up();
    for (auto letters = bank.due(1'000); !letters.empty(); letters = bank.due(1'000)) {
        auto lines = std::string{};
        for (auto const& letter : letters) {
            auto const is_notice = letter.to != nullptr && letter.to->kind == Subscription::Kind::sepay;
            if (is_notice) lines += letter.body + "\n", ++notices;
            else write(folder / "files" / ("camt054-" + std::to_string(++files) + ".xml"), letter.body);
            bank.answered(letter.delivery, 200, R"({"success":true})");
        }
        if (!lines.empty()) write(folder / "notices.jsonl", lines);
    }
}

void write_statements(Bank const& bank, std::chrono::sys_days day, std::filesystem::path const& folder) {
    bank.look([&](Book const& book) {
        for (auto const& [key, account] : book.accounts()) {
            auto const statement = statement_of(book, account, day);
            auto const name = key.bin + "-" + key.number + "-" + day_text(day);
            write(folder / "statements" / (name + ".camt053.xml"), as_camt053(book, statement));
            write(folder / "statements" / (name + ".mt940"), as_mt940(book, statement));
            write(folder / "statements" / (name + ".csv"), as_csv(statement));
        }
    });
}

}  // namespace

std::string play_month(MonthPlan plan, std::filesystem::path const& folder) {
    for (auto const* part : {"files", "statements"}) std::filesystem::create_directories(folder / part);
    if (plan.setup.accounts.empty())
        for (auto const& [bin, number, holder] : invented)
            plan.setup.accounts.push_back({{std::string{bin}, std::string{number}}, std::string{holder}, Money{1'000'000}});
    plan.setup.subscriptions = {paper("sepay", Subscription::Kind::sepay), paper("camt", Subscription::Kind::camt)};
    auto asker = Asker{plan.seed ^ 0x6173'6b65'72ULL, plan.setup};
    auto bank = Bank{plan.setup, folder / "book.jsonl", plan.seed, static_cast<std::int64_t>(plan.seed % 1'000'000) * 1'000'000};
    auto notices = std::int64_t{0}, files = std::int64_t{0}, transfers = std::int64_t{0};
    for (auto day = 0; day < plan.days; ++day) {
        auto const opens = Instant{plan.start + std::chrono::days{day}} - vietnam_offset + std::chrono::hours{7};
        auto const today = plan.credits * (day + 1) / plan.days - plan.credits * day / plan.days;
        for (auto n = std::int64_t{0}; n < today; ++n) {
            // From seven in the morning, evenly, until five in the afternoon.
            bank.stand_at(opens + Seconds{36'000 * n / std::max<std::int64_t>(today, 1)});
            auto const paid = bank.pay({.qr = asker.ask(), .way = bank.any_way(), .bank = {}, .amount = {}, .note = {}});
            CHOSO_ASSERT(paid.ok());
            ++transfers;
            write_letters(bank, folder, notices, files);
        }
        bank.stand_at(opens + std::chrono::hours{16});
        write_letters(bank, folder, notices, files);
        bank.cut_files();
        write_letters(bank, folder, notices, files);
        write_statements(bank, plan.start + std::chrono::days{day}, folder);
    }
    auto out = std::string{};
    auto const movements = bank.look([](Book const& book) { return book.movements().size(); });
    json::Writer{out}.object().member("transfers", transfers).member("movements", movements).member("notices", notices).member("files", files).end();
    return out;
}

}  // namespace choso::bank
