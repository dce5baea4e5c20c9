// Bad input to POST /payment-requests: what is refused, by which rule, in both languages, and that nothing was done.
#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

constexpr auto target = "/api/v1/payment-requests";

struct Row {
    std::string name;
    std::string members;  ///< of the body, behind `"merchant":"…"`; or the whole body, where it begins otherwise than `"`
    int status;
    std::string code;
    std::string param = {};
    std::string content_type = "application/json";
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class Refused : public SharedProvince, public testing::WithParamInterface<Row> {
 protected:
    static std::string body_of(Row const& row) {
        if (!row.members.empty() && row.members.front() != '"') return row.members;
        return R"({"merchant":")" + province().stall().merchant + "\"" + (row.members.empty() ? "" : ",") + row.members + "}";
    }
    static Answer ask(Row const& row, std::string const& language) {
        return province().caller().send(
            http::Method::post, target,
            {{"Content-Type", row.content_type}, {"Accept-Language", language}, {"Idempotency-Key", "r" + std::to_string(next_number())}},
            body_of(row));
    }
};

TEST_P(Refused, says_which_field_and_rule_in_both_languages) {
    auto const& row = GetParam();
    auto const before = province().sql("select count(*) from payment_request");
    auto const vietnamese = ask(row, "vi-VN");
    auto const english = ask(row, "en-GB,en;q=0.8,vi;q=0.1");
    for (auto const& answer : {vietnamese, english}) {
        EXPECT_EQ(answer.status(), row.status) << answer.response.body;
        EXPECT_EQ(answer.text("code"), row.code) << answer.response.body;
        EXPECT_EQ(answer.text("param"), row.param) << answer.response.body;
        EXPECT_EQ(answer.text("status"), std::to_string(row.status));
        EXPECT_EQ(answer.text("money_moved"), "no");
        EXPECT_EQ(answer.response.content_type.rfind("application/problem+json", 0), 0U) << answer.response.content_type;
        EXPECT_FALSE(answer.text("request_id").empty());
        EXPECT_FALSE(answer.text("detail").empty());
    }
    EXPECT_EQ(vietnamese.header("Content-Language"), "vi");
    EXPECT_EQ(english.header("Content-Language"), "en");
    EXPECT_NE(vietnamese.text("title"), english.text("title"));
    EXPECT_NE(vietnamese.text("detail"), english.text("detail"));
    EXPECT_EQ(province().sql("select count(*) from payment_request"), before);
}

std::string nested(int depth) {
    auto const n = static_cast<std::size_t>(depth);
    return R"("amount":1,"metadata":)" + std::string(n, '[') + std::string(n, ']');
}

INSTANTIATE_TEST_SUITE_P(
    amounts, Refused,
    testing::Values(Row{"absent", "", 422, "amount_invalid", "amount"}, Row{"zero", R"("amount":0)", 422, "amount_invalid", "amount"},
                    Row{"minus_zero", R"("amount":-0)", 422, "amount_invalid", "amount"},
                    Row{"negative", R"("amount":-1)", 422, "amount_invalid", "amount"},
                    Row{"fraction", R"("amount":1.5)", 422, "amount_invalid", "amount"},
                    Row{"fraction_of_nothing", R"("amount":50000.0)", 422, "amount_invalid", "amount"},
                    Row{"text", R"("amount":"50000")", 422, "amount_invalid", "amount"},
                    Row{"exponent", R"("amount":1e5)", 422, "amount_invalid", "amount"},
                    Row{"one_too_many", R"("amount":100000000000)", 422, "amount_invalid", "amount"},
                    Row{"two_to_the_63", R"("amount":9223372036854775808)", 422, "amount_invalid", "amount"},
                    Row{"two_to_the_64_and_one", R"("amount":18446744073709551617)", 422, "amount_invalid", "amount"},
                    Row{"yes", R"("amount":true)", 422, "amount_invalid", "amount"},
                    Row{"list", R"("amount":[50000])", 422, "amount_invalid", "amount"},
                    Row{"beyond_any_number", R"("amount":1e999)", 400, "body_invalid"}),
    [](auto const& tested) { return tested.param.name; });

INSTANTIATE_TEST_SUITE_P(
    fields, Refused,
    testing::Values(
        Row{"unknown_field", R"("amount":1,"colour":"red")", 400, "unknown_field", "colour"},
        Row{"wrong_case", R"("Amount":1)", 400, "unknown_field", "Amount"},
        Row{"description_too_long", R"("amount":1,"description":")" + std::string(201, 'x') + "\"", 422, "field_invalid", "description"},
        Row{"description_number", R"("amount":1,"description":7)", 422, "field_invalid", "description"},
        Row{"description_line_break", R"("amount":1,"description":"a\nb")", 422, "field_invalid", "description"},
        Row{"description_delete", "\"amount\":1,\"description\":\"a\x7f\"", 422, "field_invalid", "description"},
        Row{"order_code_empty", R"("amount":1,"order_code":"")", 422, "field_invalid", "order_code"},
        Row{"order_code_too_long", R"("amount":1,"order_code":")" + std::string(65, 'x') + "\"", 422, "field_invalid", "order_code"},
        Row{"expires_at_once", R"("amount":1,"expires_in":0)", 422, "field_invalid", "expires_in"},
        Row{"expires_in_the_past", R"("amount":1,"expires_in":-60)", 422, "field_invalid", "expires_in"},
        Row{"expires_after_a_year", R"("amount":1,"expires_in":31536001)", 422, "field_invalid", "expires_in"},
        Row{"expires_in_text", R"("amount":1,"expires_in":"60")", 422, "field_invalid", "expires_in"},
        Row{"late_unknown", R"("amount":1,"late":"maybe")", 422, "field_invalid", "late"},
        Row{"metadata_text", R"("amount":1,"metadata":"x")", 422, "field_invalid", "metadata"},
        Row{"metadata_too_big", R"("amount":1,"metadata":{"a":")" + std::string(4096, 'x') + "\"}", 422, "field_invalid", "metadata"},
        Row{"return_to_a_script", R"_("amount":1,"return_url":"javascript:alert(1)")_", 422, "field_invalid", "return_url"},
        Row{"return_to_a_blank", R"("amount":1,"return_url":"https://a b")", 422, "field_invalid", "return_url"},
        Row{"payer_text", R"("amount":1,"payer":"Nguyễn Văn An")", 422, "field_invalid", "payer"},
        Row{"payer_without_a_name", R"("amount":1,"payer":{})", 422, "field_invalid", "payer"},
        Row{"payer_more_members", R"("amount":1,"payer":{"name":"An","phone":"0"})", 422, "field_invalid", "payer"},
        Row{"split_empty", R"("amount":1,"split":[])", 422, "field_invalid", "split"},
        Row{"split_text", R"("amount":1,"split":"all")", 422, "field_invalid", "split"},
        Row{"split_of_texts", R"("amount":1,"split":["x"])", 422, "field_invalid", "split[0]"},
        Row{"split_to_nobody", R"("amount":1,"split":[{"amount":1}])", 404, "not_found", "split[0].merchant"},
        Row{"split_more_members", R"("amount":1,"split":[{"merchant":"mer_x","amount":1,"note":""}])", 422, "field_invalid", "split[0]"},
        Row{"fill_without_split", R"("amount":1,"fill":"together")", 422, "field_invalid", "fill"},
        Row{"stall_nonsense", R"("amount":1,"stall":"stall_x")", 422, "stall_invalid", "stall"},
        Row{"account_nonsense", R"("amount":1,"bank_account":"970436")", 422, "bank_account_invalid", "bank_account"}),
    [](auto const& tested) { return tested.param.name; });

INSTANTIATE_TEST_SUITE_P(
    bodies, Refused,
    testing::Values(Row{"empty_object", "{}", 422, "field_missing", "merchant"}, Row{"nothing", " ", 400, "body_invalid"},
                    Row{"list", "[]", 400, "body_invalid"}, Row{"number", "5", 400, "body_invalid"},
                    Row{"cut", R"({"merchant":)", 400, "body_invalid"}, Row{"trailing", "{} {}", 400, "body_invalid"},
                    Row{"comment", "{/**/}", 400, "body_invalid"},
                    Row{"merchant_number", R"({"merchant":5,"amount":1})", 404, "not_found", "merchant"},
                    Row{"amount_twice", R"("amount":1,"amount":100)", 400, "body_invalid"},
                    Row{"escaped_nul", "\"amount\":1,\"description\":\"a\\u0000b\"", 400, "body_invalid"},
                    Row{"raw_nul", std::string{"\"amount\":1,\"description\":\"a\0b\"", 30}, 400, "body_invalid"},
                    Row{"control_character", R"("amount":1,"description":"a\u001bb")", 400, "body_invalid"},
                    Row{"half_a_pair", R"("amount":1,"description":"\ud800")", 400, "body_invalid"},
                    Row{"not_utf8", "\"amount\":1,\"description\":\"a\xff\"", 400, "body_invalid"},
                    Row{"utf8_too_long", "\"amount\":1,\"description\":\"a\xc0\xaf\"", 400, "body_invalid"},
                    Row{"deep", nested(5'000), 400, "body_invalid"}, Row{"too_deep_by_one", nested(32), 400, "body_invalid"},
                    Row{"a_form", "merchant=mer_1&amount=50000", 400, "body_invalid", "", "application/x-www-form-urlencoded"},
                    Row{"huge", "\"description\":\"" + std::string(1 << 20, 'x') + "\"", 413, "payload_too_large"}),
    [](auto const& tested) { return tested.param.name; });

class Merchants : public SharedProvince {
 protected:
    static Answer ask(Caller const& caller, std::string const& members) {
        return caller.post(target, "{" + members + R"(,"amount":1})");
    }
    static std::string without_request_id(Answer const& answer) {
        auto text = answer.response.body;
        auto const id = answer.text("request_id");
        return text.replace(text.find(id), id.size(), "…");
    }
};

TEST_F(Merchants, a_foreign_one_and_one_that_does_not_exist_are_answered_alike) {
    auto const foreign = ask(province().other_caller(), R"("merchant":")" + province().stall(0).merchant + "\"");
    auto const absent = ask(province().other_caller(), R"("merchant":"mer_01k00000000000000000000000")");
    EXPECT_EQ(foreign.status(), 404) << foreign.response.body;
    EXPECT_EQ(foreign.text("param"), "merchant");
    EXPECT_EQ(absent.status(), foreign.status());
    EXPECT_EQ(without_request_id(absent), without_request_id(foreign));
}

TEST_F(Merchants, anothers_stall_and_account_are_refused_like_ones_that_do_not_exist) {
    auto const mine = R"("merchant":")" + province().stall(0).merchant + "\"";
    auto const stall = ask(province().caller(), mine + R"(,"stall":")" + province().stall(1).id + "\"");
    auto const no_stall = ask(province().caller(), mine + R"(,"stall":"stall_01k00000000000000000000000")");
    EXPECT_EQ(stall.text("code"), "stall_invalid");
    EXPECT_EQ(without_request_id(no_stall), without_request_id(stall));
    auto const account = ask(province().caller(), mine + R"(,"bank_account":")" + province().stall(1).account_id + "\"");
    auto const no_account = ask(province().caller(), mine + R"(,"bank_account":"ba_01k00000000000000000000000")");
    EXPECT_EQ(account.text("code"), "bank_account_invalid");
    EXPECT_EQ(without_request_id(no_account), without_request_id(account));
}

TEST_F(Merchants, an_order_code_is_taken_once) {
    auto const members = R"("merchant":")" + province().stall(0).merchant + R"(","order_code":"DH-1")";
    EXPECT_EQ(ask(province().caller(), members).status(), 201);
    auto const again = ask(province().caller(), members);
    EXPECT_EQ(again.status(), 409) << again.response.body;
    EXPECT_EQ(again.text("code"), "order_code_taken");
    auto const theirs = R"("merchant":")" + province().stall(1).merchant + R"(","order_code":"DH-1")";
    EXPECT_EQ(ask(province().caller(), theirs).status(), 201) << "another merchant's order codes are its own";
}

TEST_F(Merchants, the_key_is_asked_for_before_anything_else) {
    auto const none = Caller{province().port, ""}.post(target, "{");
    EXPECT_EQ(none.status(), 401);
    EXPECT_EQ(none.header("WWW-Authenticate"), R"(Bearer realm="choso")");
    auto const wrong = Caller{province().port, "sk_test_" + std::string(43, 'x')}.post(target, "{");
    EXPECT_EQ(wrong.status(), 401);
    EXPECT_EQ(without_request_id(wrong), without_request_id(none));
}

TEST_F(Merchants, the_gateway_still_works_after_all_of_it) {
    EXPECT_TRUE(province().gateway->process().running()) << province().gateway->log();
    EXPECT_EQ(ask(province().caller(), R"("merchant":")" + province().stall(0).merchant + "\"").status(), 201);
    EXPECT_TRUE(province().book().balances());
}

}  // namespace
}  // namespace choso::stories
