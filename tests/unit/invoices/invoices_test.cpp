// What is written here is read by the official verifier, Debian's xmlsec1.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "merchants/invoices/provider.hpp"
#include "merchants/invoices/signature.hpp"
#include "platform/xml/xml.hpp"

namespace choso::invoices {
namespace {

namespace fs = std::filesystem;

std::string contents(fs::path const& file) {
    auto in = std::ifstream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// A key and certificate of this run, made by OpenSSL's own program.
class Signer {
 public:
    Signer() {
        auto name = (fs::temp_directory_path() / "choso-invoices.XXXXXX").string();
        folder = mkdtemp(name.data());
        std::string const made = "openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj '/CN=Trung tam Phuc vu & <thu> Trang Non/O=Thu' -keyout " + at("key.pem") +
                                 " -out " + at("cert.pem") + " 2>/dev/null";
        good = std::system(made.c_str()) == 0;
    }
    ~Signer() { fs::remove_all(folder); }
    Signer(Signer const&) = delete;
    Signer& operator=(Signer const&) = delete;

    [[nodiscard]] std::string at(std::string const& name) const { return (folder / name).string(); }
    [[nodiscard]] crypto::SigningKey key() const { return crypto::SigningKey::from_pem(contents(folder / "key.pem"), contents(folder / "cert.pem")).value(); }
    /// Whether xmlsec1 takes the document, with the certificate as the only one it trusts.
    [[nodiscard]] bool verifies(std::string const& document) const {
        std::ofstream{folder / "doc.xml", std::ios::binary} << document;
        std::string const run = "xmlsec1 --verify --id-attr:Id DLHDon --id-attr:Id http://www.w3.org/2000/09/xmldsig#:Object --trusted-pem " + at("cert.pem") + " " +
                                at("doc.xml") + " > " + at("said") + " 2>&1";
        return std::system(run.c_str()) == 0;
    }
    [[nodiscard]] std::string said() const { return contents(folder / "said"); }

    fs::path folder;
    bool good = false;
};

bool has_xmlsec() { return std::system("command -v xmlsec1 >/dev/null 2>&1") == 0; }

Invoice some() {
    auto out = Invoice{};
    out.symbol = "C26TTN";
    out.number = 123;
    out.at = parse_rfc3339("2026-12-31T23:30:00+07:00").value();
    out.payment_means = "Chuyển khoản";
    out.seller = {"Trung tâm Phục vụ hành chính công Trăng Non", "0123456789-001", "Số 1 đường Hoa Ban & Đào, phường Trăng Non", "9900073000033", "BIDV", {}};
    out.buyer = {"Hộ kinh doanh <Cô Hoa> \"rau sạch\"", "", "Chợ Đồng Quang", {}, {}, "Nguyễn Thị Hoa"};
    out.lines = {{Line::Kind::goods, "LP01", "Lệ phí đăng ký hộ kinh doanh", "lần", 1'000, Money{100'000}, Money{100'000}, Rate::not_subject},
                 {Line::Kind::goods, "TL", "Trích lục bản đồ tỷ lệ 1/500, cỡ A3 & A4", "m²", 1'500, Money{33'333}, Money{50'000}, Rate::ten},
                 {Line::Kind::goods, "SC", "Sao chụp", "trang", 3'000, Money{1'111}, Money{3'333}, Rate::eight},
                 {Line::Kind::discount, "", "Giảm phí thực hiện trực tuyến", "", 1'000, Money{}, Money{10'000}, Rate::ten},
                 {Line::Kind::note, "", "Thu theo Nghị quyết của Hội đồng nhân dân tỉnh", "", 0, Money{}, Money{}, Rate::not_subject}};
    out.looked_up_by = "KXDBSH9N23SK6K";
    return out;
}

/// The text of the first element whose path ends so.
std::string text_of(std::string const& document, std::string const& wanted) {
    struct Reader final : xml::Handler {
        std::string wanted, path, found;
        bool taken = false;
        void begin(std::string_view name, std::size_t) override { path += "/" + std::string{name}; }
        void attribute(std::string_view, std::string_view) override {}
        void end(std::string_view, std::string_view text, std::size_t) override {
            if (!taken && path.ends_with(wanted)) {
                found = text;
                taken = true;
            }
            path.erase(path.rfind('/'));
        }
    } reader;
    reader.wanted = wanted;
    if (auto const wrong = xml::read(document, reader)) return "not well-formed: " + wrong->message;
    return reader.found;
}

TEST(Invoices, have_the_national_structure) {
    auto const signer = Signer{};
    ASSERT_TRUE(signer.good);
    auto const document = signed_document(some(), signer.key(), parse_rfc3339("2027-01-01T08:00:00+07:00").value());
    for (auto const& [path, text] : std::initializer_list<std::pair<char const*, char const*>>{
             {"/HDon/DLHDon/TTChung/PBan", "2.0.1"},
             {"/HDon/DLHDon/TTChung/KHMSHDon", "1"},
             {"/HDon/DLHDon/TTChung/KHHDon", "C26TTN"},
             {"/HDon/DLHDon/TTChung/SHDon", "123"},
             {"/HDon/DLHDon/TTChung/NLap", "2026-12-31"},
             {"/HDon/DLHDon/TTChung/DVTTe", "VND"},
             {"/HDon/DLHDon/TTChung/HTTToan", "Chuyển khoản"},
             {"/HDon/DLHDon/NDHDon/NBan/MST", "0123456789-001"},
             {"/HDon/DLHDon/NDHDon/NBan/DChi", "Số 1 đường Hoa Ban & Đào, phường Trăng Non"},
             {"/HDon/DLHDon/NDHDon/NMua/Ten", "Hộ kinh doanh <Cô Hoa> \"rau sạch\""},
             {"/HDon/DLHDon/NDHDon/NMua/HVTNMHang", "Nguyễn Thị Hoa"},
             {"/HDon/DLHDon/NDHDon/DSHHDVu/HHDVu/TChat", "1"},
             {"/HDon/DLHDon/NDHDon/DSHHDVu/HHDVu/STT", "1"},
             {"/HDon/DLHDon/NDHDon/DSHHDVu/HHDVu/TSuat", "KCT"},
             {"/HDon/DLHDon/NDHDon/TToan/TgTCThue", "143333"},
             {"/HDon/DLHDon/NDHDon/TToan/TgTThue", "4267"},
             {"/HDon/DLHDon/NDHDon/TToan/TgTTTBSo", "147600"},
             {"/HDon/DLHDon/NDHDon/TToan/TgTTTBChu", "một trăm bốn mươi bảy nghìn sáu trăm đồng"},
             {"/HDon/DSCKS/NBan/Signature/Object/SignatureProperties/SignatureProperty/SigningTime", "2027-01-01T08:00:00"}})
        EXPECT_EQ(text_of(document, path), text) << path;
}

TEST(Invoices, are_verified_by_xmlsec1_and_fail_it_when_a_byte_changes) {
    if (!has_xmlsec()) GTEST_SKIP() << "xmlsec1 is not installed";
    auto const signer = Signer{};
    ASSERT_TRUE(signer.good);
    auto const document = signed_document(some(), signer.key(), parse_rfc3339("2027-01-01T08:00:00+07:00").value());
    EXPECT_TRUE(signer.verifies(document)) << signer.said() << document;
    for (auto const& [from, to] : std::initializer_list<std::pair<char const*, char const*>>{
             {"<ThTien>100000</ThTien>", "<ThTien>100001</ThTien>"}, {"T08:00:00", "T08:00:01"}, {"<SHDon>123<", "<SHDon>124<"}, {"Nguyễn Thị Hoa", "Nguyễn Thị Hoà"}}) {
        auto forged = document;
        auto const at = forged.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        forged.replace(at, std::string{from}.size(), to);
        EXPECT_FALSE(signer.verifies(forged)) << from;
    }
}

TEST(Invoices, stay_verified_when_the_authority_adds_its_code_and_another_signs) {
    if (!has_xmlsec()) GTEST_SKIP() << "xmlsec1 is not installed";
    auto const signer = Signer{};
    ASSERT_TRUE(signer.good);
    auto document = signed_document(some(), signer.key(), parse_rfc3339("2027-01-01T08:00:00+07:00").value());
    document.insert(document.find("<DSCKS>"), "<MCCQT>00A1B2C3D4</MCCQT>");
    document.insert(document.find("</DSCKS>"), "<CCKSKhac></CCKSKhac>");
    EXPECT_TRUE(signer.verifies(document)) << signer.said();
}

TEST(Invoices, of_any_text_are_canonical_as_they_are_written) {
    if (!has_xmlsec()) GTEST_SKIP() << "xmlsec1 is not installed";
    auto const signer = Signer{};
    ASSERT_TRUE(signer.good);
    for (auto const* name : {"a & b < c > d", "\"ngoặc\" và 'nháy'", "xuống\ndòng\tvà tab", "]]> &amp; &#13;", "Đặng Thuỳ Trâm – 2 đ", "  đầu cuối  ", "é é"}) {
        auto invoice = some();
        invoice.buyer.name = name;
        invoice.lines[0].name = name;
        EXPECT_TRUE(signer.verifies(signed_document(invoice, signer.key(), Instant{}))) << name << signer.said();
    }
}

TEST(Invoices, round_tax_per_rate_half_up) {
    auto invoice = some();
    auto const totals = totals_of(invoice);
    ASSERT_EQ(totals.rates.size(), 3U);
    EXPECT_EQ(totals.rates[1].tax, Money{267}) << "8 % of 3 333 is 266,64";
    EXPECT_EQ(totals.rates[2].tax, Money{4'000}) << "10 % of 50 000 less 10 000";
    invoice.lines = {{Line::Kind::goods, "", "x", "", 1'000, Money{5}, Money{5}, Rate::ten}};
    EXPECT_EQ(totals_of(invoice).tax, Money{1});
    invoice.lines[0].amount = Money{4};
    EXPECT_EQ(totals_of(invoice).tax, Money{0});
}

TEST(Invoices, say_what_is_wrong_with_them) {
    struct Row {
        char const* field;
        std::function<void(Invoice&)> breaks;
    };
    for (auto const& [field, breaks] : std::initializer_list<Row>{
             {"form", [](Invoice& it) { it.form = "7"; }},
             {"symbol", [](Invoice& it) { it.symbol = "26C"; }},
             {"number", [](Invoice& it) { it.number = 0; }},
             {"seller.tax_code", [](Invoice& it) { it.seller.tax_code = "12"; }},
             {"seller.name", [](Invoice& it) { it.seller.name = std::string(401, 'a'); }},
             {"buyer.tax_code", [](Invoice& it) { it.buyer.tax_code = "012345678x"; }},
             {"buyer.name", [](Invoice& it) { it.buyer.name.clear(), it.buyer.buyer_name.clear(); }},
             {"buyer", [](Invoice& it) { it.buyer.name = "a\x01"; }},
             {"lines", [](Invoice& it) { it.lines.clear(); }},
             {"lines.name", [](Invoice& it) { it.lines[0].name = "\xff"; }},
             {"lines.amount", [](Invoice& it) { it.lines[0].amount = Money{-1}; }}}) {
        auto invoice = some();
        breaks(invoice);
        auto const broken = check(invoice);
        ASSERT_TRUE(broken.has_value()) << field;
        EXPECT_EQ(broken->field, field);
    }
    EXPECT_FALSE(check(some()).has_value());
}

TEST(FileProvider, gives_the_same_document_for_the_same_invoice_and_refuses_another_under_its_number) {
    auto const signer = Signer{};
    ASSERT_TRUE(signer.good);
    auto provider = FileProvider{signer.folder, signer.key()};
    auto const first = provider.issue(some(), parse_rfc3339("2027-01-01T08:00:00+07:00").value());
    ASSERT_TRUE(first.ok()) << first.error().field << first.error().why;
    EXPECT_EQ(contents(first->place), first->document);
    auto const again = provider.issue(some(), parse_rfc3339("2027-01-02T08:00:00+07:00").value());
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->document, first->document);
    auto other = some();
    other.lines[0].amount = Money{1};
    EXPECT_EQ(provider.issue(other, Instant{}).error().field, "number");
    auto nowhere = FileProvider{signer.folder / "none", signer.key()};
    EXPECT_EQ(nowhere.issue(some(), Instant{}).error().field, "file");
}

TEST(SigningKey, takes_no_pair_that_does_not_belong_together) {
    auto const one = Signer{};
    auto const other = Signer{};
    ASSERT_TRUE(one.good && other.good);
    EXPECT_FALSE(crypto::SigningKey::from_pem(contents(one.folder / "key.pem"), contents(other.folder / "cert.pem")).has_value());
    EXPECT_FALSE(crypto::SigningKey::from_pem("", contents(one.folder / "cert.pem")).has_value());
    EXPECT_FALSE(crypto::SigningKey::from_pem("no key", "no certificate").has_value());
}

}  // namespace
}  // namespace choso::invoices
