#include <gtest/gtest.h>

#include <set>

#include "platform/json/json.hpp"
#include "support.hpp"

// Payloads of many countries and makers, each with the verdict of a reference checker. They are found through
// CHOSO_CORPORA and are no part of the repository.
namespace choso::qr {
namespace {

/// Payloads that their publisher calls valid and we refuse, by their last characters: why we are right.
struct Adjudicated {
    std::string_view ending;
    std::string_view code;
    std::string_view why;
};
constexpr auto adjudicated = std::to_array<Adjudicated>({
    {"53037045802VN63040000", "CRC_MISMATCH", "a placeholder stands where the check belongs"},
    {"5812" "53037045802VN630477A7", "SERVICE_IN_WRONG_LEVEL", "NAPAS: the service is 38.02, not 38.01.02"},
    {"6304A240", "LENGTH_IS_BYTES", "EMV 4.4.1.1: lengths count characters; and the check is wrong"},
    {"630432F8", "LENGTH_IS_BYTES", "EMV 4.4.1.1; and accents are not 'ans'"},
    {"63046744", "NON_ANS", "accents in 59; the standard has 64 for them"},
    {"6304CD60", "BAD_PFI", "EMV: the format indicator is 01"},
    {"6304F4E5", "TRAILING", "one digit of the account is left over: another account would be paid"},
    {"6304F6B3", "TRAILING", "62 runs past the check"},
});

struct Rows {
    std::vector<json::Value> values;
};

Rows read_rows(std::string const& folder) {
    Rows rows;
    std::istringstream lines{read_file(folder + "/vietqr/corpus.jsonl")};
    for (std::string line; std::getline(lines, line);) {
        auto row = json::parse(line);
        EXPECT_TRUE(row.ok()) << line;
        if (row.ok()) rows.values.push_back(std::move(row).value());
    }
    return rows;
}

std::string text_of(json::Value const& row, std::string_view key) {
    auto const* const value = row.find(key);
    return std::string{value == nullptr ? "" : value->as_string().value_or("")};
}

bool is_true(json::Value const& row, std::string_view key) {
    auto const* const value = row.find(key);
    return value != nullptr && value->as_bool().value_or(false);
}

void expect_fields(Parsed const& parsed, json::Value const& expected) {
    using Field = std::optional<std::string_view> Parsed::*;
    struct Name {
        std::string_view key;
        Field field;
    };
    constexpr auto names = std::to_array<Name>({
        {"bin", &Parsed::bin},
        {"account", &Parsed::account},
        {"service", &Parsed::service},
        {"currency", &Parsed::currency},
        {"country", &Parsed::country},
        {"name", &Parsed::merchant_name},
        {"city", &Parsed::merchant_city},
        {"purpose", &Parsed::purpose},
        {"billNumber", &Parsed::bill_number},
        {"mobile", &Parsed::mobile_number},
        {"store", &Parsed::store_label},
        {"loyalty", &Parsed::loyalty_number},
        {"reference", &Parsed::reference_label},
        {"customer", &Parsed::customer_label},
        {"terminal", &Parsed::terminal_label},
    });
    for (auto const& [key, field] : names) EXPECT_EQ((parsed.*field).value_or(""), text_of(expected, key)) << key;

    auto const method = text_of(expected, "initMethod");
    EXPECT_EQ(parsed.method == Method::static_code, method == "11");
    EXPECT_EQ(parsed.method == Method::dynamic_code, method == "12");
    auto const amount = text_of(expected, "amount");
    auto const point = std::min(amount.find('.'), amount.size());
    bool const whole = !amount.empty() && amount.find_first_not_of("0.", point) == std::string::npos;
    EXPECT_EQ(parsed.amount ? std::to_string(*parsed.amount) : "", whole ? amount.substr(0, point) : "");
}

/// Our error codes against the checker's ("TRAILING:38.01"): ours never blame what it does not.
void expect_codes(Parsed const& parsed, json::Value const& row) {
    std::set<std::string, std::less<>> theirs{"LENGTH_IS_BYTES"};
    for (auto const& error : row.find("errors")->items()) {
        auto const text = *error.as_string();
        theirs.emplace(text.substr(0, text.find(':')));
    }
    for (auto const& finding : parsed.errors) EXPECT_TRUE(theirs.contains(code_text(finding.code))) << code_text(finding.code);
}

TEST(Corpus, is_judged_as_its_rules_say) {
    auto const folder = corpora();
    if (!folder) GTEST_SKIP() << "CHOSO_CORPORA is not set: no payloads to walk";
    auto const rows = read_rows(*folder);
    EXPECT_FALSE(rows.values.empty());
    for (auto const& row : rows.values) {
        auto const payload = text_of(row, "payload");
        SCOPED_TRACE(payload);
        auto const parsed = parse(payload);
        EXPECT_EQ(parsed.ok(), is_true(row, "valid"));
        for (auto const& finding : parsed.errors) EXPECT_LE(finding.offset, payload.size());
        if (!parsed.ok()) expect_codes(parsed, row);
        if (row.find("expect")->is_object()) expect_fields(parsed, *row.find("expect"));
    }
}

TEST(Corpus, where_we_differ_from_the_publisher_we_know_why) {
    auto const folder = corpora();
    if (!folder) GTEST_SKIP() << "CHOSO_CORPORA is not set: no payloads to walk";
    for (auto const& row : read_rows(*folder).values) {
        auto const payload = text_of(row, "payload");
        auto const parsed = parse(payload);
        if (!is_true(row, "source_says_valid") || parsed.ok()) continue;
        SCOPED_TRACE(payload);
        auto const* const at = std::ranges::find_if(
            adjudicated, [&payload](Adjudicated const& known) { return payload.ends_with(known.ending); });
        ASSERT_NE(at, adjudicated.end()) << "not adjudicated yet";
        EXPECT_TRUE(std::ranges::any_of(parsed.errors, [at](Finding const& finding) {
            return code_text(finding.code) == at->code;
        })) << at->why;
    }
}

}  // namespace
}  // namespace choso::qr
