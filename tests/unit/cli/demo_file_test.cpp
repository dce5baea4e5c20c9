#include "gateway/cli/demo_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <set>

#include "base/vietnamese.hpp"
#include "gateway/cli/demo_province.hpp"
#include "gateway/cli/private_file.hpp"
#include "platform/json/json.hpp"
#include "qr/banks.hpp"

namespace choso::cli {
namespace {

DemoFile example() {
    DemoFile file;
    file.base_url = "http://localhost:8080";
    file.data_dir = "/data";
    file.database_url = "postgresql://choso@127.0.0.1/choso";
    DemoAccount const account{.id = {}, .bin = "970436", .number = "123", .holder = "HOA"};
    DemoStall stall{.id = {}, .merchant = {}, .market = {}, .name = "Cô Hoa", .number = "A1", .reference = "KX", .link_token = "tok",
                    .account = account};
    file.stalls = {stall, stall};
    file.institutions = {{.key = "school", .merchant = {}, .account = account}};
    file.pool_account = account;
    file.api_key = "sk_test_1";
    file.sepay_api_key = "feed key";
    file.camt_api_key = "file key";
    return file;
}

std::string text_at(json::Value const& tree, std::initializer_list<std::string_view> path) {
    auto const* at = &tree;
    for (auto const key : path) {
        at = at->find(key);
        if (at == nullptr) return "(absent)";
    }
    return std::string{at->as_string().value_or("(no text)")};
}

TEST(DemoFile, has_what_scripts_rely_on) {
    auto const tree = json::parse(example().text());
    ASSERT_TRUE(tree.ok());
    EXPECT_EQ(text_at(*tree, {"base_url"}), "http://localhost:8080");
    EXPECT_EQ(text_at(*tree, {"stall_url"}), "http://localhost:8080/stall/tok");
    EXPECT_EQ(text_at(*tree, {"data_dir"}), "/data");
    EXPECT_EQ(text_at(*tree, {"database_url"}), "postgresql://choso@127.0.0.1/choso");
    EXPECT_TRUE(text_at(*tree, {"merchant"}).starts_with("mer_"));
    EXPECT_TRUE(text_at(*tree, {"stall"}).starts_with("stall_"));
    EXPECT_EQ(text_at(*tree, {"bank_account", "bin"}), "970436");
    EXPECT_EQ(text_at(*tree, {"bank_account", "account"}), "123");
    EXPECT_EQ(text_at(*tree, {"bank_account", "holder"}), "HOA");
    EXPECT_EQ(text_at(*tree, {"api_key"}), "sk_test_1");
    EXPECT_EQ(text_at(*tree, {"sepay", "api_key"}), "feed key");
    EXPECT_EQ(text_at(*tree, {"camt", "api_key"}), "file key");
    EXPECT_TRUE(text_at(*tree, {"school", "merchant"}).starts_with("mer_"));
    EXPECT_TRUE(text_at(*tree, {"other_merchant"}).starts_with("mer_"));
    EXPECT_EQ(tree->find("simulator_url"), nullptr) << "parts that do not exist are left out";
    EXPECT_EQ(tree->find("stalls")->items().size(), 2U);
}

TEST(DemoFile, its_key_is_read_back) {
    EXPECT_EQ(api_key_of(example().text()), "sk_test_1");
    EXPECT_EQ(api_key_of(""), std::nullopt);
    EXPECT_EQ(api_key_of("{\"api_key\":5}"), std::nullopt);
    EXPECT_EQ(api_key_of("[1]"), std::nullopt);
}

TEST(DemoFile, moves_its_addresses_and_nothing_else) {
    auto const file = example();
    DemoPlace const here{.base_url = file.base_url, .data_dir = file.data_dir, .database_url = file.database_url};
    EXPECT_EQ(moved(file.text(), here), file.text());
    auto there = file;
    there.base_url = "https://cho.example";
    there.data_dir = "/other";
    there.database_url = "postgresql://elsewhere";
    EXPECT_EQ(moved(file.text(), {"https://cho.example", "/other", "postgresql://elsewhere"}), there.text());
}

TEST(DemoFile, moving_keeps_what_others_added) {
    auto const text = moved(R"({"base_url":"http://a:1","n":[1,{"u":"http://a:1/x","v":"http://a:12/x"}],"simulator_url":"http://b"})",
                            {"http://c", "", ""});
    EXPECT_EQ(text, R"({"base_url":"http://c","n":[1,{"u":"http://c/x","v":"http://a:12/x"}],"simulator_url":"http://b"})"
                    "\n");
    EXPECT_EQ(moved("not json", {}), std::nullopt);
}

TEST(DemoProvince, has_real_banks_and_no_number_twice) {
    std::set<std::string_view> numbers;
    auto const look = [&](demo::Account const& account) {
        EXPECT_NE(qr::find_by_bin(account.bin), nullptr) << account.bin;
        EXPECT_TRUE(numbers.insert(account.number).second) << account.number;
        EXPECT_TRUE(account.number.starts_with("99000")) << account.number;
        EXPECT_EQ(merchants::holder_as_printed(account.holder), account.holder);
        EXPECT_EQ(merchants::check(merchants::NewAccount{.collector = {},
                                                         .bin = std::string{account.bin},
                                                         .number = std::string{account.number},
                                                         .holder = std::string{account.holder}}),
                  std::nullopt);
    };
    for (auto const& stall : demo::stalls()) {
        look(stall.account);
        EXPECT_LT(stall.market, demo::markets().size());
    }
    for (auto const& it : demo::institutions()) look(it.account);
    look(demo::pool().account);
    EXPECT_EQ(demo::stalls().size(), 24U);
    EXPECT_EQ(demo::stalls()[0].name, "Cô Hoa – rau củ");
}

TEST(PrivateFile, is_written_whole_and_for_its_owner_only) {
    auto name = (std::filesystem::temp_directory_path() / "choso-private.XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    auto const file = std::filesystem::path{name} / "demo.json";
    EXPECT_EQ(write_private_file(file, "one"), std::nullopt);
    EXPECT_EQ(write_private_file(file, "two"), std::nullopt);
    struct stat it {};
    ASSERT_EQ(::stat(file.c_str(), &it), 0);
    EXPECT_EQ(it.st_mode & 0777U, 0600U);
    EXPECT_EQ(it.st_size, 3);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator{name}, {}), 1) << "nothing is left beside it";
    EXPECT_NE(write_private_file(std::filesystem::path{name} / "none" / "x", ""), std::nullopt);
    std::filesystem::remove_all(name);
}

}  // namespace
}  // namespace choso::cli
