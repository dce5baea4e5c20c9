#include "gateway/cli/qr.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <fstream>
#include <istream>
#include <map>
#include <optional>
#include <ostream>
#include <span>
#include <string>

#include "gateway/cli/qr_print.hpp"
#include "platform/json/json.hpp"
#include "qr/banks.hpp"
#include "qr/render/pdf.hpp"
#include "qr/render/picture.hpp"
#include "qr/render/png.hpp"
#include "qr/svg.hpp"
#include "qr/vietqr.hpp"

namespace choso::cli {
namespace {

constexpr int done = 0;
constexpr int refused = 1;
constexpr int wrong_usage = 2;

constexpr std::string_view usage = R"(usage: choso qr parse [--lenient]
       choso qr make --bin B --account A [--amount N] [--purpose T] [--service QRIBFTTA] [--bill-number T]
                     [--name T] [--city T] [--format text|png|jpg|svg|pdf] [--out FILE]
                     [--template qr_only|compact|compact2|print] [--packing bytes|optimal] [--logo LETTERS]
       choso qr verify --expect-bin B --expect-account A [--expect-amount N]
       choso qr standee --bin B --account A --holder H [--name N] [--place P] [--serial S] [--amount N] [--purpose T]
                        [--size a6|a5] --out FILE
       choso qr prices --bin B --account A --holder H [--name N] --out FILE

parse   reads payloads from standard input, one a line, and answers each with one line of JSON
make    prints the payload that asks for a transfer, or draws it
verify  holds payloads from standard input against the account that they should pay
standee a PDF to print, cut and stand on a counter
prices  a PDF of one code a price; standard input: `12000 rau muống`, one a line
)";

// ---- options

struct Options {
    std::map<std::string_view, std::string_view> values;
    bool help = false;

    [[nodiscard]] bool has(std::string_view name) const { return values.contains(name); }
    [[nodiscard]] std::string text(std::string_view name, std::string_view otherwise = {}) const {
        auto const at = values.find(name);
        return std::string{at == values.end() ? otherwise : at->second};
    }
};

bool is_one_of(std::string_view name, std::span<std::string_view const> names) {
    return std::ranges::find(names, name) != names.end();
}

/// Reads `--name value` and `--name=value`; says on `err` what it does not know.
std::optional<Options> read_options(std::span<std::string_view const> args, std::span<std::string_view const> flags,
                                    std::span<std::string_view const> valued, std::ostream& err) {
    Options options;
    auto const complain = [&err](std::string_view what, std::string_view option) {
        err << "choso qr: " << what << ": " << option << "\n" << usage;
        return std::nullopt;
    };
    for (std::size_t i = 0; i < args.size(); ++i) {
        auto const equals = args[i].starts_with("--") ? args[i].find('=') : std::string_view::npos;
        auto const name = args[i].substr(0, equals);
        if (name == "--help" || name == "-h") {
            options.help = true;
            return options;
        }
        if (options.has(name)) return complain("option given twice", name);
        if (is_one_of(name, flags)) {
            if (equals != std::string_view::npos) return complain("option takes no value", name);
            options.values[name] = {};
        } else if (is_one_of(name, valued)) {
            if (equals == std::string_view::npos && i + 1 == args.size()) return complain("option lacks its value", name);
            options.values[name] = equals == std::string_view::npos ? args[++i] : args[i].substr(equals + 1);
        } else {
            return complain(args[i].starts_with('-') ? "unknown option" : "unexpected argument", name);
        }
    }
    return options;
}

// ---- lines

/// More than any payload has; what a line has beyond is read but not kept, so its length costs no memory.
constexpr std::size_t line_kept_max = 8192;

/// Reads up to the next LF, any bytes; takes one CR off the end. False if nothing is left.
bool read_line(std::istream& in, std::string& line) {
    line.clear();
    auto* const buffer = in.rdbuf();
    if (buffer == nullptr) return false;
    bool any = false;
    bool cut = false;
    for (int c = buffer->sbumpc(); c != std::istream::traits_type::eof(); c = buffer->sbumpc()) {
        any = true;
        if (c == '\n') break;
        if (line.size() < line_kept_max)
            line += static_cast<char>(c);
        else
            cut = true;
    }
    if (!cut && line.ends_with('\r')) line.pop_back();
    return any;
}

/// Whoever waits for an answer before asking again must get it.
void flush_if_idle(std::istream& in, std::ostream& out) {
    if (in.rdbuf()->in_avail() <= 0) out.flush();
}

// ---- JSON

void write_findings(json::Writer& json, std::string_view key, std::span<qr::Finding const> findings) {
    json.key(key).array();
    for (auto const& finding : findings)
        json.object().member("code", qr::code_text(finding.code)).member("offset", finding.offset).end();
    json.end();
}

std::string to_json(qr::Parsed const& parsed) {
    std::optional<std::string_view> method;
    if (parsed.method) method = *parsed.method == qr::Method::dynamic_code ? "dynamic" : "static";
    std::string out;
    json::Writer json{out};
    json.object()
        .member("ok", parsed.ok())
        .member("kind", parsed.kind == qr::Kind::vietqr ? "vietqr" : "emv")
        .member("method", method)
        .member("bin", parsed.bin)
        .member("account", parsed.account)
        .member("service", parsed.service)
        .member("amount", parsed.amount)
        .member("currency", parsed.currency)
        .member("country", parsed.country)
        .member("merchant_name", parsed.merchant_name)
        .member("merchant_city", parsed.merchant_city)
        .member("purpose", parsed.purpose)
        .member("bill_number", parsed.bill_number)
        .member("store_label", parsed.store_label)
        .member("terminal_label", parsed.terminal_label)
        .member("reference_label", parsed.reference_label)
        .member("customer_label", parsed.customer_label)
        .member("loyalty_number", parsed.loyalty_number)
        .member("mobile_number", parsed.mobile_number);
    write_findings(json, "errors", parsed.errors);
    write_findings(json, "warnings", parsed.warnings);
    json.end();
    return out + '\n';
}

std::string to_json(std::span<qr::Difference const> differences) {
    std::string out;
    json::Writer json{out};
    json.object().member("match", differences.empty()).key("differences").array();
    for (auto const& difference : differences) {
        json.object()
            .member("code", difference.code)
            .member("field", difference.field)
            .member("expected", difference.expected)
            .member("actual", difference.actual);
        if (difference.offset) json.member("offset", *difference.offset);
        json.member("words", qr::in_words(difference));
        json.end();
    }
    json.end().end();
    return out + '\n';
}

// ---- commands

int parse(std::span<std::string_view const> args, std::istream& in, std::ostream& out, std::ostream& err) {
    constexpr std::string_view flags[] = {"--lenient"};
    auto const options = read_options(args, flags, {}, err);
    if (!options) return wrong_usage;
    if (options->help) return out << usage, done;

    auto const strictness = options->has("--lenient") ? qr::Strictness::lenient : qr::Strictness::strict;
    std::string line;
    while (read_line(in, line)) {
        out << to_json(qr::parse(line, strictness));
        flush_if_idle(in, out);
    }
    out.flush();
    return out ? done : refused;
}

int verify(std::span<std::string_view const> args, std::istream& in, std::ostream& out, std::ostream& err) {
    constexpr std::string_view valued[] = {"--expect-bin", "--expect-account", "--expect-amount"};
    auto const options = read_options(args, {}, valued, err);
    if (!options) return wrong_usage;
    if (options->help) return out << usage, done;
    for (auto const name : {"--expect-bin", "--expect-account"})
        if (options->text(name).empty()) return err << "choso qr verify: " << name << " is missing\n" << usage, wrong_usage;

    qr::Expected expected{options->text("--expect-bin"), options->text("--expect-account"), std::nullopt};
    if (options->has("--expect-amount")) {
        expected.amount = parse_dong(options->text("--expect-amount"));
        if (!expected.amount) return err << "choso qr verify: --expect-amount is not a whole number\n" << usage, wrong_usage;
    }

    std::size_t differing = 0;
    std::size_t count = 0;
    std::string line;
    // Nothing at all on standard input is one empty payload: it must not pass for a match.
    while (read_line(in, line) || count == 0) {
        ++count;
        auto const differences = qr::verify(line, expected);
        if (!differences.empty()) ++differing;
        out << to_json(differences);
        flush_if_idle(in, out);
    }
    out.flush();
    if (differing > 0) err << "choso qr verify: " << differing << " of " << count << " do not match\n";
    return differing == 0 && out ? done : refused;
}

/// The symbol, and where it is to be kept white for a logo.
struct Encoded {
    qr::Symbol symbol;
    std::optional<qr::Area> slot;
};

/// Why nothing can be drawn stands on `err`.
std::optional<Encoded> encode(std::string const& payload, Options const& options, std::ostream& err) {
    if (options.has("--logo")) {
        constexpr double share = 0.05;
        auto slotted = qr::encode_with_slot(payload, share);
        if (slotted) return Encoded{std::move(slotted->symbol), slotted->slot};
        err << "choso qr make: a logo would cost more of the code than can be restored\n";
        return std::nullopt;
    }
    auto const packing = options.text("--packing") == "optimal" ? qr::Packing::optimal : qr::Packing::bytes;
    auto symbol = qr::encode(payload, qr::ErrorCorrection::medium, packing);
    if (symbol) return Encoded{std::move(symbol).value(), std::nullopt};
    err << "choso qr make: cannot be drawn\n";
    return std::nullopt;
}

qr::Caption caption_of(qr::MakeRequest const& request, Options const& options) {
    auto const* bank = qr::find_by_bin(request.bin);
    return {.bank = bank == nullptr ? request.bin : std::string{bank->display_name()},
            .holder = options.text("--name"),
            .account = request.account,
            .amount = request.amount ? with_dots(*request.amount) + " đ" : "",
            .purpose = options.text("--purpose"),
            .warning = {},
            .logo = options.text("--logo")};
}

/// The payload as a file of the format; nullopt, with the reason on `err`, if it cannot be drawn.
std::optional<std::string> draw(std::string const& payload, qr::MakeRequest const& request, Options const& options, std::ostream& err) {
    auto const format = options.text("--format", "text");
    if (format == "text") return payload + '\n';
    auto encoded = encode(payload, options, err);
    if (!encoded) return std::nullopt;
    if (!options.has("--template") && !encoded->slot) {
        if (format == "svg") return qr::to_svg(encoded->symbol, "VietQR");
        if (format == "pdf") return qr::to_pdf(encoded->symbol);
        if (format == "png") {
            auto png = qr::to_png(encoded->symbol);
            return png ? std::optional{std::move(png).value()} : std::nullopt;
        }
    }
    auto const which = qr::template_of(options.text("--template", "qr_only"));
    auto const picture = which ? qr::lay_out(*which, std::move(encoded->symbol), caption_of(request, options), encoded->slot) : std::nullopt;
    if (!picture) return err << "choso qr make: cannot be drawn\n", std::nullopt;
    if (format == "svg") return qr::to_svg(*picture, "VietQR");
    if (format == "pdf") return qr::to_pdf(*picture, "VietQR");
    auto file = format == "png" ? qr::to_png(*picture) : qr::to_jpeg(*picture);
    return file ? std::optional{std::move(file).value()} : std::nullopt;
}

bool write_file(std::string const& path, std::string_view bytes) {
    errno = 0;
    std::ofstream file{path, std::ios::binary | std::ios::trunc};
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    return file.good();
}

/// The options as a request; false, with the reason on `err`, if the amount is no whole number.
bool read_request(Options const& options, qr::MakeRequest& request, std::ostream& err) {
    request.bin = options.text("--bin");
    request.account = options.text("--account");
    request.purpose = options.text("--purpose");
    request.service = options.text("--service", request.service);
    request.bill_number = options.text("--bill-number");
    request.name = options.text("--name");
    request.city = options.text("--city");
    if (!options.has("--amount")) return true;
    request.amount = parse_dong(options.text("--amount"));
    if (!request.amount) err << "choso qr make: amount is not a whole number of dong, digits only (not_whole)\n";
    return request.amount.has_value();
}

int make(std::span<std::string_view const> args, std::ostream& out, std::ostream& err) {
    constexpr std::string_view valued[] = {"--bin",  "--account", "--amount", "--purpose", "--service", "--bill-number",
                                           "--name", "--city",    "--format", "--out",     "--template", "--packing", "--logo"};
    constexpr std::string_view formats[] = {"text", "png", "jpg", "svg", "pdf"};
    constexpr std::string_view packings[] = {"bytes", "optimal"};
    auto const options = read_options(args, {}, valued, err);
    if (!options) return wrong_usage;
    if (options->help) return out << usage, done;
    for (auto const name : {"--bin", "--account"})
        if (!options->has(name)) return err << "choso qr make: " << name << " is missing\n" << usage, wrong_usage;
    auto const format = options->text("--format", "text");
    if (!is_one_of(format, formats))
        return err << "choso qr make: --format is none of text, png, jpg, svg, pdf\n" << usage, wrong_usage;
    if (options->has("--template") && !qr::template_of(options->text("--template")))
        return err << "choso qr make: --template is none of qr_only, compact, compact2, print\n" << usage, wrong_usage;
    if (!is_one_of(options->text("--packing", "bytes"), packings))
        return err << "choso qr make: --packing is neither bytes nor optimal\n" << usage, wrong_usage;
    if (options->text("--logo").size() > 8) return err << "choso qr make: --logo takes some letters\n" << usage, wrong_usage;

    qr::MakeRequest request;
    if (!read_request(*options, request, err)) return refused;
    auto const payload = qr::make(request);
    if (!payload) {
        auto const& error = payload.error();
        err << "choso qr make: " << error.field << ' ' << rule_text(error.rule) << " (" << rule_code(error.rule) << ")\n";
        return refused;
    }
    auto const drawn = draw(*payload, request, *options, err);
    if (!drawn) return refused;

    if (!options->has("--out")) {
        out << *drawn << std::flush;
        return out ? done : refused;
    }
    if (write_file(options->text("--out"), *drawn)) return done;
    err << "choso qr make: cannot write " << options->text("--out") << ": " << std::strerror(errno) << '\n';
    return refused;
}

int run(std::span<std::string_view const> args, std::istream& in, std::ostream& out, std::ostream& err) {
    if (args.empty()) return err << usage, wrong_usage;
    auto const command = args.front();
    auto const rest = args.subspan(1);
    if (command == "--help" || command == "-h") return out << usage, done;
    if (command == "parse") return parse(rest, in, out, err);
    if (command == "make") return make(rest, out, err);
    if (command == "verify") return verify(rest, in, out, err);
    if (command == "standee") return standee({rest.begin(), rest.end()}, out, err);
    if (command == "prices") return prices({rest.begin(), rest.end()}, in, out, err);
    return err << "choso qr: unknown command: " << command << "\n" << usage, wrong_usage;
}

}  // namespace

int qr(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err) {
    try {
        return run(args, in, out, err);
    } catch (std::exception const& failure) {
        err << "choso qr: " << failure.what() << '\n';
        return refused;
    }
}

}  // namespace choso::cli
