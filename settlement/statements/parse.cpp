#include "settlement/statements/parse.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "platform/sheet/sheet.hpp"
#include "platform/xml/schema.hpp"
#include "settlement/statements/mt_parser.hpp"

namespace choso::statements {
namespace {

constexpr auto names = std::to_array<std::pair<std::string_view, Format>>({
    {"auto", Format::automatic}, {"camt", Format::camt}, {"camt.052", Format::camt}, {"camt.053", Format::camt}, {"camt.054", Format::camt},
    {"camt052", Format::camt}, {"camt053", Format::camt}, {"camt054", Format::camt}, {"mt", Format::mt}, {"mt940", Format::mt}, {"mt942", Format::mt},
    {"table", Format::table}, {"csv", Format::table}, {"xlsx", Format::table},
});

/// The first characters behind blanks and byte order mark, whatever the encoding: XML begins with `<`.
bool looks_like_xml(std::string_view file) {
    auto const head = file.substr(0, 256);
    for (auto const c : head) {
        auto const byte = static_cast<unsigned char>(c);
        if (c == '<') return true;
        if (byte > ' ' && byte < 0x80) return false;
        if (byte >= 0x80 && byte != 0xEF && byte != 0xBB && byte != 0xBF && byte != 0xFE && byte != 0xFF) return false;
    }
    return false;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A row that begins with a field of MT940 or MT942.
bool looks_like_mt(std::string_view text) {
    auto head = text.substr(0, std::size_t{64} << 10U);
    if (head.starts_with("{1:")) return true;
    while (!head.empty()) {
        while (!head.empty() && static_cast<unsigned char>(head.front()) <= ' ') head.remove_prefix(1);
        if (head.size() > 4 && head[0] == ':' && is_digit(head[1]) && is_digit(head[2]) && (head[3] == ':' || head[4] == ':')) return true;
        if (head.starts_with(":NS:") || head.starts_with("{4:")) return true;
        auto const end = std::min(head.find_first_of("\r\n"), head.size());
        head.remove_prefix(end);
    }
    return false;
}

bool is_utf16(std::string_view file) {
    return file.starts_with("\xFF\xFE") || file.starts_with("\xFE\xFF") || (file.size() > 3 && ((file[1] == '\0' && file[3] == '\0') || (file[0] == '\0' && file[2] == '\0')));
}

std::optional<Refused> parse_text(std::string_view text, ParseOptions const& options, Sink& sink, TableLearned* learned) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    auto const format = options.format;
    if (format == Format::mt || (format == Format::automatic && looks_like_mt(text))) return parse_mt(text, sink);
    return parse_table(text, options.memory, sink, learned);
}

/// What the schema of the file's own message finds, a few lines of it; nothing where there is no such schema.
std::vector<std::string> advice_of(std::string_view file, std::string const& schemas) {
    constexpr auto most = std::size_t{5};
    if (schemas.empty() || !looks_like_xml(file)) return {};
    auto const name = xml::message_name(file);
    auto const path = std::filesystem::path{schemas} / (name + ".xsd");
    auto error = std::error_code{};
    if (name.empty() || !std::filesystem::exists(path, error)) return {};
    return xml::schema_complaints(path.string(), file, most);
}

class Collector final : public Sink {
 public:
    void begin() override { statements.emplace_back(); }
    void line(Line const& line) override { statements.back().lines.push_back(line); }
    void end(Summary const& summary) override {
        auto& now = statements.back();
        now.summary = summary;
        if (!summary.reversals_flipped) return;
        for (auto& each : now.lines)
            if (each.reversal) each.amount = each.amount.negated();
    }
    std::vector<Statement> statements;
};

}  // namespace

std::optional<Format> format_of(std::string_view name) {
    for (auto const& [known, format] : names)
        if (known == name) return format;
    return std::nullopt;
}

std::string_view format_names() { return "auto|camt|camt.052|camt.053|camt.054|mt940|mt942|csv|xlsx"; }

std::optional<Refused> parse(std::string_view file, ParseOptions const& options, Sink& sink, TableLearned* learned) {
    if (file.find_first_not_of(std::string_view{" \t\r\n\0", 5}) == std::string_view::npos) return Refused{"not_a_statement", "the file is empty", 0};
    auto const format = options.format;
    if (sheet::looks_like_xlsx(file) || file.starts_with("\xD0\xCF\x11\xE0") || file.starts_with("%PDF")) {
        if (format == Format::camt || format == Format::mt) return Refused{"not_a_statement", "the file is of another format than was said", 0};
        return parse_table(file, options.memory, sink, learned);
    }
    if (format == Format::camt || (format == Format::automatic && looks_like_xml(file))) return parse_camt(file, sink);
    if (!is_utf16(file)) return parse_text(file, options, sink, learned);
    auto const text = sheet::to_utf8(file);
    if (!text) return Refused{"bad_encoding", "the file is in no encoding that is read", 0};
    return parse_text(*text, options, sink, learned);
}

Parsed parse_whole(std::string_view file, ParseOptions const& options, TableLearned* learned) {
    auto collector = Collector{};
    auto refused = parse(file, options, collector, learned);
    // What a refused file left half told is no statement.
    if (refused) collector.statements.clear();
    if (!refused && !options.schemas.empty())
        for (auto const& advice : advice_of(file, options.schemas))
            for (auto& each : collector.statements) each.summary.warnings.push_back("schema: " + advice);
    return {std::move(collector.statements), std::move(refused)};
}

}  // namespace choso::statements
