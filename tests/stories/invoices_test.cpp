// An electronic invoice of a school's receipt, as an operator has it made; read by the official verifier, Debian's xmlsec1.
#include <cstdlib>

#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

TEST(Invoices, a_receipt_has_one_signed_invoice_and_a_cancelled_one_has_none) {
    auto province = Province{};
    auto const school = text_at(province.demo, "school.merchant");
    auto const caller = province.caller();
    auto const asked = caller.post("/api/v1/payment-requests", R"({"merchant":")" + school + R"(","amount":350000,"description":"Tiền ăn & học liệu","payer":{"name":"Lò Thị Mây"}})");
    ASSERT_EQ(asked.status(), 201) << asked.response.body;
    (void)province.bank().credits({asked.text("id"), asked.text("reference"), {}, {}, text_at(province.demo, "school.bank_account.account"), {}, 350'000}, 350'000);
    auto receipt = std::string{};
    ASSERT_TRUE(support::eventually(patience, [&] {
        auto const all = caller.get("/api/v1/receipts?merchant=" + school);
        if (at(all.body, "data")->items().empty()) return false;
        receipt = text_at(at(all.body, "data")->items()[0], "id");
        return true;
    }));

    auto const folder = province.folder.path().string();
    auto const key = folder + "/key.pem", certificate = folder + "/cert.pem";
    auto const made = support::run({.arguments = {"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=Truong Hoa Ban", "-keyout", key, "-out", certificate},
                                    .environment = {}, .output = {}, .input = {}});
    ASSERT_EQ(made.status, 0) << made.output;
    auto const issue = [&](std::string const& id) {
        return province.choso({"invoice", "issue", id, "--folder", folder, "--key", key, "--certificate", certificate, "--json"});
    };
    auto const early = issue(receipt);
    EXPECT_EQ(early.status, 1);
    EXPECT_NE(early.output.find("seller.tax_code"), std::string::npos) << early.output;
    EXPECT_EQ(province.choso({"invoice", "seller", school, "--tax-code", "46001", "--address", "Phường Hoa Ban"}).status, 1);
    ASSERT_EQ(province.choso({"invoice", "seller", school, "--tax-code", "4600123456", "--address", "Phường Hoa Ban, Thái Nguyên"}).status, 0);

    auto const first = issue(receipt);
    ASSERT_EQ(first.status, 0) << first.output;
    auto const file = text_at(parsed(first.output), "file");
    auto const document = support::read_file(file);
    for (auto const* said : {"<MST>4600123456</MST>", "<SHDon>1</SHDon>", "<HVTNMHang>Lò Thị Mây</HVTNMHang>", "Tiền ăn &amp; học liệu", "<TgTTTBSo>350000</TgTTTBSo>"})
        EXPECT_NE(document.find(said), std::string::npos) << said;
    auto const verified = support::run({.arguments = {"xmlsec1", "--verify", "--id-attr:Id", "DLHDon", "--id-attr:Id", "http://www.w3.org/2000/09/xmldsig#:Object", "--trusted-pem", certificate, file},
                                        .environment = {}, .output = {}, .input = {}});
    EXPECT_EQ(verified.status, 0) << verified.output;
    EXPECT_EQ(issue(receipt).output, first.output) << "the same file, not another invoice";
    EXPECT_EQ(support::read_file(file), document);

    ASSERT_EQ(caller.post("/api/v1/receipts/" + receipt + "/cancel", R"({"reason":"ghi sai"})").status(), 201);
    EXPECT_EQ(issue(receipt).status, 1);
}

}  // namespace
}  // namespace choso::stories
