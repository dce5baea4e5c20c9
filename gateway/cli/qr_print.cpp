#include "gateway/cli/qr_print.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <istream>
#include <ostream>

#include "base/vietnamese.hpp"
#include "gateway/cli/options.hpp"
#include "qr/banks.hpp"
#include "qr/render/standee.hpp"
#include "qr/vietqr.hpp"

namespace choso::cli {
namespace {

constexpr int done = 0;
constexpr int refused = 1;
constexpr int wrong_usage = 2;

/// What both need, and what is wrong with it on `err`.
struct Payee {
    qr::Bank const* bank;
    std::string account, holder;
};
std::optional<Payee> payee_of(Options const& options, std::string_view command, std::ostream& err) {
    for (auto const name : {"--bin", "--account", "--holder", "--out"})
        if (options.text(name).empty()) return err << "choso qr " << command << ": " << name << " is missing; see choso qr --help\n", std::nullopt;
    auto const* bank = qr::find_bank(options.text("--bin"));
    if (bank == nullptr) return err << "choso qr " << command << ": --bin is no bank of the directory\n", std::nullopt;
    return Payee{bank, options.text("--account"), options.text("--holder")};
}

std::optional<std::string> payload_of(qr::MakeRequest const& request, std::string_view command, std::ostream& err) {
    auto payload = qr::make(request);
    if (payload) return std::move(payload).value();
    auto const& error = payload.error();
    err << "choso qr " << command << ": " << error.field << ' ' << rule_text(error.rule) << " (" << rule_code(error.rule) << ")\n";
    return std::nullopt;
}

int save(std::optional<std::string> const& file, std::string const& path, std::string_view command, std::ostream& err) {
    if (!file) return err << "choso qr " << command << ": cannot be drawn\n", refused;
    errno = 0;
    std::ofstream out{path, std::ios::binary | std::ios::trunc};
    out.write(file->data(), static_cast<std::streamsize>(file->size()));
    out.close();
    if (out.good()) return done;
    return err << "choso qr " << command << ": cannot write " << path << ": " << std::strerror(errno) << '\n', refused;
}

/// `12000 rau muống`: the price in whole đồng, then what it is for.
struct Line {
    Money amount;
    std::string name;
};
std::optional<Line> read_price(std::string_view line) {
    auto const blank = line.find_first_of(" \t");
    auto const amount = parse_dong(line.substr(0, blank));
    if (!amount || !is_valid_utf8(line)) return std::nullopt;
    return Line{*amount, blank == std::string_view::npos ? std::string{} : std::string{line.substr(blank + 1)}};
}

}  // namespace

int standee(std::vector<std::string_view> args, std::ostream&, std::ostream& err) {
    auto const options = Options::parse(args, {"--bin=", "--account=", "--holder=", "--name=", "--place=", "--serial=", "--amount=", "--purpose=", "--size=", "--out="});
    if (!options || !options->words().empty()) return err << "choso qr standee: " << (options ? "unexpected argument" : options.error().text) << "; see choso qr --help\n", wrong_usage;
    auto const payee = payee_of(*options, "standee", err);
    if (!payee) return wrong_usage;
    auto const size = qr::standee_size_of(options->value("--size").value_or("a6"));
    if (!size) return err << "choso qr standee: --size is neither a6 nor a5\n", wrong_usage;
    auto request = qr::MakeRequest{.bin = std::string{payee->bank->bin}, .account = payee->account};
    request.purpose = options->text("--purpose");
    if (options->has("--amount")) {
        request.amount = parse_dong(options->text("--amount"));
        if (!request.amount) return err << "choso qr standee: amount is not a whole number of dong, digits only (not_whole)\n", refused;
    }
    auto const payload = payload_of(request, "standee", err);
    if (!payload) return refused;
    auto const one = qr::Standee{*payload,       options->text("--name"), options->text("--place"), payee->holder, std::string{payee->bank->display_name()},
                                 payee->account, options->text("--serial")};
    return save(qr::standee_pack({&one, 1}, *size, payee->holder), options->text("--out"), "standee", err);
}

int prices(std::vector<std::string_view> args, std::istream& in, std::ostream&, std::ostream& err) {
    auto const options = Options::parse(args, {"--bin=", "--account=", "--holder=", "--name=", "--out="});
    if (!options || !options->words().empty()) return err << "choso qr prices: " << (options ? "unexpected argument" : options.error().text) << "; see choso qr --help\n", wrong_usage;
    auto const payee = payee_of(*options, "prices", err);
    if (!payee) return wrong_usage;
    constexpr std::size_t prices_max = 1'000;
    auto list = std::vector<qr::Price>{};
    for (std::string line; std::getline(in, line);) {
        if (line.ends_with('\r')) line.pop_back();
        if (line.empty()) continue;
        auto const price = read_price(line);
        if (!price || list.size() == prices_max)
            return err << "choso qr prices: line " << list.size() + 1 << (price ? ": more than 1000 prices\n" : ": begins with no whole number of dong, or is not UTF-8\n"), refused;
        auto const payload = payload_of({.bin = std::string{payee->bank->bin}, .account = payee->account, .amount = price->amount}, "prices", err);
        if (!payload) return refused;
        list.push_back({price->name, price->amount, *payload});
    }
    if (list.empty()) return err << "choso qr prices: standard input has no price\n", refused;
    auto const name = options->text("--name");
    auto const bank = std::string{payee->bank->display_name()};
    return save(qr::price_list(name.empty() ? payee->holder : name, payee->holder + " · " + bank, list), options->text("--out"), "prices", err);
}

}  // namespace choso::cli
