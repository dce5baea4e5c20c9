// Route × who asks × whose it is, generated from docs/openapi.yaml (x-scopes, x-roles): nothing leaks, and what is somebody
// else's is answered, byte for byte, as what does not exist.
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <regex>
#include <set>

#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

using Words = std::set<std::string>;

struct Operation {
    std::string path, method, id;
    std::optional<Words> scopes;  ///< a key needs one of these; empty: any key
    std::optional<Words> roles;   ///< a person needs one of these; empty: any person
    std::string security;         ///< as written; empty: a key
    bool takes_merchant = false;

    [[nodiscard]] bool is_page() const { return !path.starts_with("/api/") && !path.starts_with("/dang-nhap/khoa") && path != "/tai-khoan/khoa"; }
    [[nodiscard]] bool has_id() const { return path.find("{id}") != std::string::npos; }
};

std::string in_capitals(std::string text) {
    for (auto& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

std::optional<Words> listed(std::string const& line, std::string const& key) {
    auto found = std::smatch{};
    if (!std::regex_search(line, found, std::regex{key + R"(: \[([^\]]*)\])"})) return std::nullopt;
    auto out = Words{};
    auto const inside = found[1].str();
    auto const word = std::regex{R"([a-z_]+(:[a-z_]+)?)"};
    for (auto it = std::sregex_iterator{inside.begin(), inside.end(), word}; it != std::sregex_iterator{}; ++it) out.insert(it->str());
    return out;
}

std::vector<Operation> operations() {
    auto out = std::vector<Operation>{};
    auto in = std::ifstream{project("docs/openapi.yaml")};
    auto const is_path = std::regex{R"(^  (/[^:]*):\s*$)"};
    auto const is_method = std::regex{R"(^    (get|head|post|put|patch|delete):(\s*|\s+\{.*)$)"};
    auto const is_id = std::regex{R"(operationId: (\w+))"};
    auto const is_security = std::regex{R"(security: (\[.*?\}\]|\[\]))"};
    std::string path;
    std::smatch found;
    for (std::string line; std::getline(in, line);) {
        if (std::regex_match(line, found, is_path)) path = found[1];
        else if (!line.empty() && line.front() != ' ') path.clear();
        if (path.empty()) continue;
        if (std::regex_match(line, found, is_method)) out.push_back({.path = path, .method = in_capitals(found[1]), .id = {}, .scopes = {}, .roles = {}, .security = {}});
        if (out.empty() || out.back().path != path) continue;
        auto& here = out.back();
        if (std::regex_search(line, found, is_id)) here.id = found[1];
        if (std::regex_search(line, found, is_security)) here.security = found[1];
        if (auto words = listed(line, "x-scopes")) here.scopes = std::move(words);
        if (auto words = listed(line, "x-roles")) here.roles = std::move(words);
        if (line.find("parameters/Merchant'") != std::string::npos) here.takes_merchant = true;
    }
    return out;
}

http::Method method_of(Operation const& operation) { return http::method_from(operation.method); }

/// Own, somebody else's, and absent ids of what a path names; absent ones lie in the bucket of the foreign, as a guess would.
struct Things {
    std::string own, foreign, absent;
};

class Matrix : public SharedProvince {
 protected:
    static void SetUpTestSuite() {
        SharedProvince::SetUpTestSuite();
        auto const make = [](Stall const& stall) {
            auto const asked = stall.asks(50'000);
            province().bank().credits(asked, 20'000);
            EXPECT_TRUE(stall.comes_to(asked, "partially_paid"));
            auto const payment = text_at(*at(province().caller().get("/api/v1/payments?merchant=" + stall.merchant).body, "data")->items().data(), "id");
            return std::pair{asked.id, payment};
        };
        auto const [request, payment] = make(province().stall(0));
        auto const [foreign_request, foreign_payment] = make(province().stall(1));
        things()["payment-requests"] = {request, foreign_request, absent(foreign_request)};
        things()["payments"] = {payment, foreign_payment, absent(foreign_payment)};
        things()["merchant"] = {province().stall(0).merchant, province().stall(1).merchant, absent(province().stall(1).merchant)};
        for (auto const* kind : {"refunds", "payouts"}) things()[kind] = of_money_out(kind);
        for (auto const& [name, prefix] : {std::pair{"seller-orders", "so"}, std::pair{"parcels", "pcl"}, std::pair{"returns", "ret"}})
            things()[name] = {"", std::string{prefix} + "_00000000000000000000000000", std::string{prefix} + "_00000000000000000000000001"};
        auto const bill = [](Stall const& stall) {
            auto const made = province().caller().post("/api/v1/bills", R"({"merchant":")" + stall.merchant + R"(","payer":{"code":"M1"},"lines":[{"name":"Phí","amount":10000}]})");
            EXPECT_EQ(made.status(), 201) << made.response.body;
            return made.text("id");
        };
        auto const foreign_bill = bill(province().stall(1));
        things()["bills"] = {bill(province().stall(0)), foreign_bill, absent(foreign_bill)};
        auto const file = [](Stall const& stall) {
            auto const made = province().caller().post("/api/v1/fee-imports?kind=payers&merchant=" + stall.merchant, "ma,ho_ten\nM2,A\n");
            EXPECT_EQ(made.status(), 201) << made.response.body;
            return made.text("id");
        };
        auto const schedule = [](Stall const& stall) {
            auto const of = R"({"merchant":")" + stall.merchant + "\",";
            EXPECT_EQ(province().caller().post("/api/v1/fee-items", of + R"("code":"M1","name":"Phí","amount":10000})").status(), 201);
            return province().caller().post("/api/v1/fee-schedules", of + R"("name":"Kỳ 1","due":"2026-12-31","items":["M1"]})").text("id");
        };
        auto const foreign_schedule = schedule(province().stall(1));
        things()["fee-schedules"] = {schedule(province().stall(0)), foreign_schedule, absent(foreign_schedule)};
        auto const foreign_file = file(province().stall(1));
        things()["fee-imports"] = {file(province().stall(0)), foreign_file, absent(foreign_file)};
        // Of these there is none at a stall: only absent ones, in some bucket.
        for (auto const* prefix : {"receipts rc", "benefit-lists bl", "tro-cap bl", "deposits dep", "complaints cmp", "statements stm"}) {
            auto const text = std::string{prefix};
            auto const id = text.substr(text.find(' ') + 1) + "_" + std::string(25, '0');
            things()[text.substr(0, text.find(' '))] = {"", id + "0", id + "1"};
        }
        things()["settlement-batches"] = {"", "sb_00000000000000000000000000", "sb_00000000000000000000000001"};
    }

    static std::map<std::string, Things>& things() {
        static auto all = std::map<std::string, Things>{};
        return all;
    }

    /// The id with its last symbols changed.
    static std::string absent(std::string id) {
        id.replace(id.size() - 4, 4, id.ends_with("0000") ? "0001" : "0000");
        return id;
    }

    static Things of_money_out(std::string const& kind);

    /// A key of these scopes for that stall's merchant alone.
    static Caller key(Words const& scopes, std::string const& merchant) {
        auto arguments = std::vector<std::string>{"admin", "key", "create", "--name", "matrix " + std::to_string(next_number()), "--merchant", merchant};
        for (auto const& scope : scopes) arguments.insert(arguments.end(), {"--scope", scope});
        auto const caller = Caller{province().port, text_at(province().choso_json(arguments).at(0), "secret")};
        EXPECT_TRUE(support::eventually(patience, [&] { return caller.get("/api/v1/merchants").status() == 200; }));
        return caller;
    }

    static Words all_scopes() {
        auto out = Words{};
        for (auto const& operation : operations())
            if (operation.scopes) out.insert(operation.scopes->begin(), operation.scopes->end());
        return out;
    }

    static std::string target(Operation const& operation, std::string const& id) {
        return std::regex_replace(operation.path, std::regex{R"(\{[^}]*\})"}, id.empty() ? "x" : id);
    }
    static Things const* of(Operation const& operation) {
        for (auto const& [name, it] : things())
            if (operation.path.find("/" + name + "/") != std::string::npos) return &it;
        return nullptr;
    }
    static Answer ask(Caller const& caller, Operation const& operation, std::string const& address) {
        auto const body = operation.method == "GET" || operation.method == "DELETE" ? "" : "{}";
        return caller.send(method_of(operation), address, {{"Idempotency-Key", "matrix-" + std::to_string(next_number())}, {"Content-Type", "application/json"}}, body);
    }

    /// All but what names the one request.
    static std::string without_request_id(Answer const& answer) {
        auto text = std::to_string(answer.status()) + " " + answer.response.body;
        if (auto const id = answer.text("request_id"); !id.empty())
            for (auto at = text.find(id); at != std::string::npos; at = text.find(id)) text.erase(at, id.size());
        return text;
    }

    std::string table_;
    void note(Operation const& operation, std::string const& who, std::string const& whose, Answer const& answer) {
        table_ += operation.method + " " + operation.path + " | " + who + " | " + whose + " | " + std::to_string(answer.status()) + "\n";
    }
    void TearDown() override {
        if (HasFailure()) std::cout << table_;
    }
};

Things Matrix::of_money_out(std::string const& kind) {
    for (auto const& operation : operations())
        if (operation.path == "/api/v1/" + kind + "/{id}") {
            // A cancellation with money proposes a refund; payouts are only absent here: none can be made without a settlement.
            auto out = Things{};
            if (kind == "payouts") return {"", "po_0000000000000000000000000" + std::string{"0"}, "po_0000000000000000000000000" + std::string{"1"}};
            for (auto* const id : {&out.own, &out.foreign}) {
                auto const stall = province().stall(id == &out.own ? 0 : 1);
                auto const asked = stall.asks(70'000);
                province().bank().credits(asked, 30'000);
                EXPECT_TRUE(stall.comes_to(asked, "partially_paid"));
                EXPECT_EQ(stall.cancels(asked).status(), 200);
                auto const refunds = province().caller().get("/api/v1/refunds?merchant=" + stall.merchant);
                auto const* data = at(refunds.body, "data");
                if (data != nullptr && !data->items().empty()) *id = text_at(data->items()[0], "id");
                EXPECT_FALSE(id->empty()) << refunds.response.body;
            }
            out.absent = absent(out.foreign);
            return out;
        }
    return {};
}

TEST_F(Matrix, every_operation_says_who_may_ask) {
    for (auto const& operation : operations()) {
        auto const open = operation.security.starts_with("[{}");
        auto const of_a_program = operation.security.find("sepay") != std::string::npos || operation.security.find("stall") != std::string::npos ||
                                  operation.security.find("camt") != std::string::npos || operation.security.find("clientKey") != std::string::npos ||
                                  operation.security.find("soundBox") != std::string::npos;
        EXPECT_TRUE(open || of_a_program || operation.scopes || operation.roles) << operation.method << ' ' << operation.path << ": x-scopes or x-roles?";
        EXPECT_TRUE(!operation.security.empty() || operation.scopes) << operation.id;
        EXPECT_TRUE(operation.security.find("session") == std::string::npos || operation.roles) << operation.id;
    }
}

TEST_F(Matrix, nobody_and_a_made_up_key_are_refused) {
    auto const made_up = Caller{province().port, "sk_test_" + std::string(43, 'A')};
    for (auto const& operation : operations()) {
        if (!operation.scopes && !operation.roles) continue;
        auto const* thing = of(operation);
        for (auto const& [who, caller] : {std::pair{"nobody", Caller{province().port, ""}}, std::pair{"made-up key", made_up}}) {
            auto const own = ask(caller, operation, target(operation, thing != nullptr ? thing->own : ""));
            auto const none = ask(caller, operation, target(operation, thing != nullptr ? thing->absent : ""));
            note(operation, who, "own", own);
            if (operation.is_page()) {
                EXPECT_EQ(own.status(), 303) << operation.path << ' ' << who;
                EXPECT_TRUE(own.header("Location").starts_with("/dang-nhap")) << operation.path;
            } else {
                EXPECT_EQ(own.status(), 401) << operation.method << ' ' << operation.path << ' ' << who << ' ' << own.response.body;
            }
            EXPECT_EQ(without_request_id(own), without_request_id(none)) << operation.path;
        }
    }
}

TEST_F(Matrix, each_scope_opens_its_own_and_a_key_no_page) {
    for (auto const& scope : all_scopes()) {
        auto const caller = key({scope}, province().stall(0).merchant);
        for (auto const& operation : operations()) {
            if (!operation.scopes && !operation.roles) continue;
            if (operation.method == "GET" && operation.path == "/api/v1/stream") continue;  // it would not end; stories of events ask it
            auto const* thing = of(operation);
            auto const answer = ask(caller, operation, target(operation, thing != nullptr ? thing->own : ""));
            note(operation, "key " + scope, "own", answer);
            if (!operation.scopes) {
                auto const refused = operation.is_page() ? answer.status() == 303 : answer.status() == 401 || answer.text("code") == "approver_must_be_person";
                EXPECT_TRUE(refused) << operation.path << ' ' << answer.status();
            } else if (!operation.scopes->empty() && !operation.scopes->contains(scope)) {
                EXPECT_EQ(answer.status(), 403) << operation.id << " with " << scope << ": " << answer.response.body;
                EXPECT_EQ(answer.text("code"), "scope_missing");
            } else {
                EXPECT_NE(answer.status(), 401) << operation.id << ": " << answer.response.body;
                EXPECT_NE(answer.status(), 403) << operation.id << ": " << answer.response.body;
                EXPECT_FALSE(answer.status() == 404 && thing != nullptr && !thing->own.empty()) << operation.id << ": " << answer.response.body;
            }
        }
    }
}

TEST_F(Matrix, what_is_anothers_is_as_what_is_not) {
    auto const scopes = all_scopes();
    auto const caller = key(scopes, province().stall(0).merchant);
    for (auto const& operation : operations()) {
        if (!operation.scopes) continue;
        if (operation.has_id()) {
            auto const* thing = of(operation);
            if (thing == nullptr) {
                ADD_FAILURE() << operation.path << ": the matrix knows no thing of this kind; add one";
                continue;
            }
            auto const foreign = ask(caller, operation, target(operation, thing->foreign));
            auto const none = ask(caller, operation, target(operation, thing->absent));
            note(operation, "key", "foreign", foreign);
            // A body that is refused before anything is looked for tells nothing either.
            EXPECT_TRUE(foreign.status() == 404 || foreign.status() == 400 || foreign.status() == 422) << operation.id << ' ' << foreign.response.body;
            EXPECT_EQ(without_request_id(foreign), without_request_id(none)) << operation.id;
        }
        if (operation.takes_merchant) {
            auto const& merchant = things().at("merchant");
            auto const foreign = ask(caller, operation, operation.path + "?merchant=" + merchant.foreign);
            auto const none = ask(caller, operation, operation.path + "?merchant=" + merchant.absent);
            note(operation, "key", "foreign merchant", foreign);
            EXPECT_EQ(foreign.status(), 404) << operation.id << ' ' << foreign.response.body;
            EXPECT_EQ(without_request_id(foreign), without_request_id(none)) << operation.id;
        }
    }
}

TEST_F(Matrix, each_role_opens_its_own) {
    for (auto const& login : at(province().demo, "logins")->items()) {
        auto const user = text_at(login, "user");
        auto const role = text_at(login, "role");
        auto person = province().signed_in(user);
        // Of the demo's people, these hold their role about one merchant alone.
        auto const of_one = Words{"thu-phi", "duyet-truong", "chu-sap", "ban-hang", "nguoi-ban"}.contains(user);
        for (auto const& operation : operations()) {
            if (!operation.scopes && (!operation.roles || operation.roles->empty())) continue;
            if (operation.path == "/api/v1/stream") continue;
            auto const* thing = of(operation);
            auto const body = operation.method == "GET" ? "" : "{}";
            auto const headers = std::vector<http::Header>{{"Content-Type", "application/json"}, {"Idempotency-Key", "matrix-" + std::to_string(next_number())}};
            auto const answer = person.send(method_of(operation), target(operation, thing != nullptr ? thing->absent : ""), headers, body);
            note(operation, user, "absent", answer);
            if (!operation.roles) {
                EXPECT_EQ(answer.status(), 401) << user << ' ' << operation.id << ": a session is no key";
            } else if (!operation.roles->contains(role)) {
                EXPECT_EQ(answer.status(), 403) << user << ' ' << operation.id << ' ' << answer.response.body.substr(0, 300);
            } else if (operation.has_id()) {
                EXPECT_EQ(answer.status(), 404) << user << ' ' << operation.id << ' ' << answer.response.body.substr(0, 300);
            } else {
                EXPECT_NE(answer.status(), 303) << user << ' ' << operation.id << ' ' << answer.header("Location");
                EXPECT_NE(answer.status(), 401) << user << ' ' << operation.id;
                EXPECT_NE(answer.status(), 403) << user << ' ' << operation.id << ' ' << answer.response.body.substr(0, 300);
            }
            if (operation.roles && operation.has_id() && thing != nullptr && !thing->foreign.empty() && (of_one || !operation.roles->contains(role))) {
                auto const foreign = person.send(method_of(operation), target(operation, thing->foreign), headers, body);
                EXPECT_EQ(without_request_id(foreign), without_request_id(answer)) << user << ' ' << operation.id;
            }
        }
    }
}

}  // namespace
}  // namespace choso::stories
