#include <fstream>
#include <functional>
#include <gtest/gtest.h>
#include <ostream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/tidy/folders.hpp"
#include "tests/tidy/shape.hpp"
#include "tests/tidy/source.hpp"

namespace choso::tidy {

void PrintTo(Violation const& violation, std::ostream* out) {
    *out << violation.path << ':' << violation.line << ": " << violation.what;
}

namespace {

using Check = std::function<std::vector<Violation>(Source const&)>;

std::vector<Source> const& tree() {
    static auto const sources = read_tree(CHOSO_SOURCE_DIR);
    return sources;
}

/// Paths that exceptions.txt lets off one check.
std::set<std::string> excepted_from(std::string const& check) {
    std::set<std::string> paths;
    std::ifstream file{CHOSO_SOURCE_DIR "/tests/tidy/exceptions.txt"};
    for (std::string line; std::getline(file, line);) {
        std::istringstream words{line};
        std::string name;
        std::string path;
        if (words >> name >> path && name == check) paths.insert(path);
    }
    return paths;
}

/// Fails with one line per violation that is not excepted, and per exception that excuses nothing.
void expect_kept(std::string const& check, std::vector<Violation> const& violations) {
    auto unneeded = excepted_from(check);
    auto const excepted = unneeded;
    for (auto const& violation : violations) {
        unneeded.erase(violation.path);
        if (!excepted.contains(violation.path)) ADD_FAILURE() << testing::PrintToString(violation);
    }
    for (auto const& path : unneeded) ADD_FAILURE() << "exceptions.txt: `" << check << ' ' << path << "` is no longer needed: remove it";
}

std::vector<Violation> in_all_files(Check const& check) {
    std::vector<Violation> found;
    for (auto const& source : tree())
        for (auto& violation : check(source)) found.push_back(std::move(violation));
    return found;
}

TEST(tidy, reads_the_tree) {
    EXPECT_GT(tree().size(), 10U);
    std::ifstream file{CHOSO_SOURCE_DIR "/tests/tidy/exceptions.txt"};
    std::set<std::string> const checks{"floors", "circles", "libraries", "length", "co_await", "bucket"};
    for (std::string line; std::getline(file, line);) {
        std::istringstream words{line};
        std::string name;
        if (!(words >> name) || name.starts_with('#')) continue;
        EXPECT_TRUE(checks.contains(name)) << line;
    }
}

TEST(tidy, folders_include_only_what_their_floor_may) { expect_kept("floors", in_all_files(includes_against_floors)); }
TEST(tidy, folders_do_not_include_in_circles) { expect_kept("circles", include_circles(tree())); }
TEST(tidy, libraries_stay_in_their_folders) { expect_kept("libraries", in_all_files(libraries_outside_their_folder)); }
TEST(tidy, files_and_functions_are_short) { expect_kept("length", in_all_files(too_long)); }
TEST(tidy, co_await_stands_beside_no_temporary) { expect_kept("co_await", in_all_files(unsafe_co_await)); }
TEST(tidy, sql_on_money_names_the_bucket) { expect_kept("bucket", in_all_files(money_without_bucket)); }

/// Samples that show each check able to fail, and to hold its peace.
struct Sample {
    char const* name;
    Check check;
    Source source;
    std::size_t violations;
};
void PrintTo(Sample const& sample, std::ostream* out) { *out << sample.name; }

class Samples : public testing::TestWithParam<Sample> {};

TEST_P(Samples, are_judged_rightly) {
    auto const found = GetParam().check(GetParam().source);
    EXPECT_EQ(found.size(), GetParam().violations) << testing::PrintToString(found);
}

std::string name_of(testing::TestParamInfo<Sample> const& info) { return info.param.name; }

std::string lines(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "    f();\n";
    return text;
}

INSTANTIATE_TEST_SUITE_P(
    floors, Samples,
    testing::Values(
        Sample{"downwards", includes_against_floors, {"qr/a.cpp", "#include \"base/money.hpp\"\n"}, 0},
        Sample{"upwards", includes_against_floors, {"base/a.cpp", "#include \"qr/tlv.hpp\"\n"}, 1},
        Sample{"upwards_in_angles", includes_against_floors, {"base/a.cpp", "#include <qr/tlv.hpp>\n"}, 1},
        Sample{"core_into_merchants", includes_against_floors, {"gateway/payments/a.cpp", "#include \"merchants/bill.hpp\"\n"}, 1},
        Sample{"core_into_rendering", includes_against_floors, {"gateway/payments/a.cpp", "#include \"qr/render/png.hpp\"\n"}, 1},
        Sample{"pure_qr_into_platform", includes_against_floors, {"qr/a.cpp", "#  include \"platform/json/json.hpp\"\n"}, 1},
        Sample{"settlement_into_marketplace", includes_against_floors, {"settlement/a.cpp", "#include \"marketplace/order.hpp\"\n"}, 1},
        Sample{"edge_into_everything_below", includes_against_floors,
               {"gateway/api/a.cpp", "#include \"merchants/bill.hpp\"\n#include \"qr/render/png.hpp\"\n"}, 0},
        Sample{"edge_into_the_root", includes_against_floors, {"gateway/api/a.cpp", "#include \"gateway/cli/say.hpp\"\n"}, 1},
        Sample{"root_into_the_edge", includes_against_floors, {"gateway/main.cpp", "#include \"gateway/api/routes.hpp\"\n"}, 0},
        Sample{"a_test_into_anything", includes_against_floors, {"tests/unit/a.cpp", "#include \"gateway/cli/say.hpp\"\n"}, 0},
        Sample{"beside_instead_of_from_the_root", includes_against_floors, {"base/a.cpp", "#include \"money.hpp\"\n"}, 1},
        Sample{"a_tests_own_helper", includes_against_floors, {"tests/unit/a.cpp", "#include \"support.hpp\"\n"}, 0},
        Sample{"a_folder_nobody_knows", includes_against_floors, {"utils/a.cpp", ""}, 1}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    libraries, Samples,
    testing::Values(
        Sample{"at_home", libraries_outside_their_folder, {"platform/http/a.cpp", "#include <boost/beast/core.hpp>\n"}, 0},
        Sample{"beast_in_the_edge", libraries_outside_their_folder, {"gateway/api/a.cpp", "#include <boost/beast/core.hpp>\n"}, 1},
        Sample{"libpq_in_the_core", libraries_outside_their_folder, {"gateway/payments/a.cpp", "#include <libpq-fe.h>\n"}, 1},
        Sample{"json_in_http", libraries_outside_their_folder, {"platform/http/a.cpp", "#include <nlohmann/json.hpp>\n"}, 1},
        Sample{"openssl_in_base", libraries_outside_their_folder, {"base/a.cpp", "#include <openssl/sha.h>\n"}, 1},
        Sample{"symbol", libraries_outside_their_folder, {"qr/symbol.cpp", "#include <qrencode.h>\n"}, 0},
        Sample{"qrencode_elsewhere_in_qr", libraries_outside_their_folder, {"qr/layout.cpp", "#include <qrencode.h>\n"}, 1},
        Sample{"a_test_holds_against_it", libraries_outside_their_folder, {"tests/unit/a.cpp", "#include <nlohmann/json.hpp>\n"}, 0}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    length, Samples,
    testing::Values(
        Sample{"file_at_the_cap", too_long, {"base/a.hpp", std::string(500, '\n')}, 0},
        Sample{"file_over_the_cap", too_long, {"base/a.hpp", std::string(501, '\n')}, 1},
        Sample{"statement_file_over_the_cap", too_long, {"merchants/a.sql", std::string(501, '\n')}, 1},
        Sample{"function_at_the_cap", too_long, {"base/a.cpp", "void f() {\n" + lines(78) + "}\n"}, 0},
        Sample{"function_over_the_cap", too_long, {"base/a.cpp", "namespace a {\nvoid f() {\n" + lines(79) + "}\n}\n"}, 1},
        Sample{"trailing_return", too_long, {"base/a.cpp", "auto f() -> Result<A, B> {\n" + lines(79) + "}\n"}, 1},
        Sample{"template", too_long, {"base/a.hpp", "template <class T>\nvoid f(T const& t) {\n" + lines(79) + "}\n"}, 1},
        Sample{"constructor", too_long, {"base/a.cpp", "A::A(int n) : n_{n}, m_(n) {\n" + lines(79) + "}\n"}, 1},
        Sample{"constructor_of_braces", too_long, {"base/a.cpp", "A::A(int n) : n_{n}, m_{n} {\n" + lines(79) + "}\n"}, 1},
        Sample{"method", too_long, {"base/a.hpp", "class A {\n public:\n    int f() const {\n" + lines(79) + "    }\n};\n"}, 1},
        Sample{"test_body", too_long, {"tests/unit/a.cpp", "TEST(a, b) {\n" + lines(79) + "}\n"}, 1},
        Sample{"class_is_no_function", too_long, {"base/a.hpp", "class A {\n" + lines(90) + "};\n"}, 0},
        Sample{"table_is_no_function", too_long, {"base/a.cpp", "Row const rows[] = {\n" + lines(90) + "};\n"}, 0},
        Sample{"braces_in_words_do_not_count", too_long,
               {"base/a.cpp", "void f() { g(\"{\"); h('{'); }  // {\nvoid k() { g(R\"x({)x\"); }\nclass A {\n" + lines(90) + "};\n"}, 0}),
    name_of);

std::string coroutine(std::string const& statement) { return "net::awaitable<void> f() {\n    " + statement + "\n}\n"; }

INSTANTIATE_TEST_SUITE_P(
    awaits, Samples,
    testing::Values(
        Sample{"plain", unsafe_co_await, {"a.cpp", coroutine("auto const n = co_await read(socket, buffer);")}, 0},
        Sample{"lambda", unsafe_co_await, {"a.cpp", coroutine("co_await submit([x] { return x; });")}, 1},
        Sample{"lambda_by_reference", unsafe_co_await, {"a.cpp", coroutine("co_await submit([&](int n) { use(n); }, token);")}, 1},
        Sample{"lambda_without_captures", unsafe_co_await, {"a.cpp", coroutine("co_await submit([] { return 1; });")}, 0},
        Sample{"named_lambda", unsafe_co_await,
               {"a.cpp", coroutine("auto work = [x] { return x; };\n    co_await submit(std::move(work));")}, 0},
        Sample{"braced_argument", unsafe_co_await, {"a.cpp", coroutine("auto r = co_await submit(Command{1, 2});")}, 1},
        Sample{"nameless_braces", unsafe_co_await, {"a.cpp", coroutine("co_await submit({1, 2});")}, 1},
        Sample{"in_a_condition", unsafe_co_await, {"a.cpp", coroutine("if (!co_await submit(Command{1})) { g(); }")}, 1},
        Sample{"braces_after_a_condition", unsafe_co_await, {"a.cpp", coroutine("if (co_await ready()) { g(Command{1}); }")}, 0},
        Sample{"braces_after_a_condition_alone", unsafe_co_await, {"a.cpp", coroutine("if (!co_await ready()) co_return Head{};")}, 0},
        Sample{"braces_in_a_condition_before", unsafe_co_await, {"a.cpp", coroutine("if (a == Head{}) co_await ready();")}, 0},
        Sample{"braces_in_a_statement_after_a_condition", unsafe_co_await, {"a.cpp", coroutine("if (a) co_await submit(Head{});")}, 1},
        Sample{"braces_in_a_return", unsafe_co_await, {"a.cpp", coroutine("return Head{co_await ready()};")}, 1},
        Sample{"braces_before", unsafe_co_await, {"a.cpp", coroutine("if (a) { g(Command{1}); }\n    co_await ready();")}, 0},
        Sample{"braces_in_the_next_statement", unsafe_co_await, {"a.cpp", coroutine("co_await ready();\n    g(Command{1});")}, 0},
        Sample{"subscript", unsafe_co_await, {"a.cpp", coroutine("co_await submit(commands[i]);")}, 0},
        Sample{"inside_a_spawned_coroutine", unsafe_co_await,
               {"a.cpp", "void f() {\n    co_spawn(executor, [self]() -> net::awaitable<void> { co_await self->run(); }, detached);\n}\n"}, 0},
        Sample{"returned", unsafe_co_await, {"a.cpp", coroutine("co_return co_await submit(Command{1});")}, 1}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    bucket, Samples,
    testing::Values(
        Sample{"said", money_without_bucket, {"gateway/payments/sql/a.sql", "select * from payment where bucket = $1 and id = $2;"}, 0},
        Sample{"forgotten", money_without_bucket, {"gateway/payments/sql/a.sql", "select * from payment where id = $1;"}, 1},
        Sample{"forgotten_in_the_second", money_without_bucket,
               {"merchants/a.sql", "select 1 from due where bucket = $1;\nupdate payment_request set a = 1;"}, 1},
        Sample{"said_only_in_a_comment", money_without_bucket, {"merchants/a.sql", "-- bucket\nselect * from entry"}, 1},
        Sample{"said_only_in_a_text", money_without_bucket, {"merchants/a.sql", "select 'bucket' from entry"}, 1},
        Sample{"another_word_with_it", money_without_bucket, {"merchants/a.sql", "select bucket_lock from journal"}, 1},
        Sample{"no_money", money_without_bucket, {"merchants/a.sql", "select * from stall -- its payment\n"}, 0},
        Sample{"upper_case", money_without_bucket, {"gateway/api/a.sql", "SELECT * FROM Refund"}, 1},
        Sample{"a_migration", money_without_bucket, {"deploy/migrations/0001.sql", "create index on payment (id);"}, 0}),
    name_of);

TEST(circles, are_found_and_told_from_floors) {
    Source const api{"gateway/api/a.hpp", "#include \"gateway/feeds/b.hpp\"\n"};
    Source const feeds{"gateway/feeds/b.hpp", "#include \"gateway/api/a.hpp\"\n"};
    Source const plain{"gateway/feeds/b.hpp", "#include \"gateway/payments/lane.hpp\"\n"};
    EXPECT_EQ(include_circles({api, feeds}).size(), 1U);
    EXPECT_EQ(include_circles({api, plain}).size(), 0U);
}

}  // namespace
}  // namespace choso::tidy
