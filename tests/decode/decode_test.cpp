// What we draw is read back by others' readers.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "qr/banks.hpp"
#include "qr/render/picture.hpp"
#include "qr/render/standee.hpp"
#include "qr/vietqr.hpp"

namespace choso::qr {
namespace {

struct Ran {
    bool ok;
    std::string printed;
};

Ran run(std::string const& command) {
    std::string printed;
    auto* const pipe = popen((command + " 2>/dev/null").c_str(), "r");
    if (pipe == nullptr) return {false, {}};
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) printed += static_cast<char>(c);
    return {pclose(pipe) == 0, printed};
}

std::size_t count() {
    auto const* const given = std::getenv("CHOSO_DECODE_COUNT");
    return given != nullptr ? std::strtoul(given, nullptr, 10) : 25;
}

std::uint64_t fresh_seed() {
    auto const* const given = std::getenv("CHOSO_SEED");
    return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

/// Random payees, amounts and texts, within what a bank takes.
class Draw {
 public:
    explicit Draw(std::uint64_t seed) : random_{seed} {}

    std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }
    std::string text(std::size_t length, std::string_view alphabet) {
        std::string out;
        while (out.size() < length) out += alphabet[below(alphabet.size())];
        return out;
    }
    MakeRequest request() {
        auto out = MakeRequest{};
        out.bin = banks()[below(banks().size())].bin;
        out.account = text(4 + below(16), "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        if (below(3) > 0) out.amount = Money{static_cast<std::int64_t>(1 + below(499'999'999))};
        if (below(3) > 0) out.purpose = text(1 + below(25), "KX0123456789BCFGHJLM");
        if (below(4) == 0) out.bill_number = text(1 + below(25), "ABC0123456789-");
        if (below(4) == 0) out.terminal_label = text(1 + below(10), "0123456789");
        return out;
    }
    std::string payload() { return *make(request()); }
    std::string holder() {
        constexpr std::string_view names[] = {"NGUYỄN THỊ HOA", "TRẦN VĂN ĐỨC", "ĐẶNG NGỌC ÁNH", "CÔNG TY TNHH MỘT THÀNH VIÊN THƯƠNG MẠI DỊCH VỤ ĐỒNG QUANG", "LÒ A SỬ"};
        return std::string{names[below(std::size(names))]};
    }

 private:
    std::mt19937_64 random_;
};

class Decode : public ::testing::Test {
 protected:
    Decode() : folder_{std::filesystem::temp_directory_path() / ("choso-decode-" + std::to_string(getpid()))} {
        std::filesystem::create_directories(folder_);
    }
    ~Decode() override { std::filesystem::remove_all(folder_); }
    void SetUp() override {
        for (auto const* tool : {"zbarimg", "ZXingReader", "pdftoppm", "rsvg-convert", "qpdf"})
            if (!run(std::string{"command -v "} + tool).ok) GTEST_SKIP() << tool << " is not installed (deploy/packages test)";
    }

    [[nodiscard]] std::string path(std::string const& name) const { return (folder_ / name).string(); }
    [[nodiscard]] std::string write(std::string const& name, std::string_view bytes) const {
        std::ofstream{path(name), std::ios::binary}.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return path(name);
    }
    static std::string number(std::size_t n) {
        std::ostringstream out;
        out << std::setw(4) << std::setfill('0') << n;
        return out.str();
    }

    /// Both readers see in each picture exactly what it was drawn from.
    static void expect_read(std::vector<std::string> const& pictures, std::vector<std::string> const& payloads, std::string const& seed) {
        ASSERT_EQ(pictures.size(), payloads.size());
        for (auto const& [reader, read] : {std::pair{"zbar", read_by_zbar(pictures)}, std::pair{"ZXing", read_by_zxing(pictures)}}) {
            std::size_t wrong = 0;
            for (std::size_t i = 0; i < pictures.size(); ++i) {
                auto const at = read.find(pictures[i]);
                if (at != read.end() && at->second == payloads[i]) continue;
                if (++wrong <= 3)
                    ADD_FAILURE() << reader << " read " << (at == read.end() ? "nothing" : at->second) << " in " << pictures[i] << ", expected " << payloads[i];
            }
            EXPECT_EQ(wrong, 0U) << reader << ", CHOSO_SEED=" << seed;
        }
    }

 private:
    static std::string quoted(std::vector<std::string> const& pictures) {
        std::string out;
        for (auto const& picture : pictures) out += " '" + picture + "'";
        return out;
    }
    static std::map<std::string, std::string> read_by_zxing(std::vector<std::string> const& pictures) {
        std::map<std::string, std::string> out;
        std::istringstream lines{run("ZXingReader -1 -format QRCode" + quoted(pictures)).printed};
        for (std::string line; std::getline(lines, line);) {
            auto const blank = line.find(' ');
            if (blank == std::string::npos) continue;
            // FILE FORMAT TEXT, and perhaps something behind the text that is no part of it.
            auto const name = line.substr(0, blank);
            auto const rest = line.substr(blank + 1);
            auto const text = rest.find("000201");
            if (text != std::string::npos) out.emplace(name, rest.substr(text, rest.find('"', text) - text));
        }
        return out;
    }
    static std::map<std::string, std::string> read_by_zbar(std::vector<std::string> const& pictures) {
        std::map<std::string, std::string> out;
        std::istringstream lines{run("zbarimg --quiet --xml -Sdisable -Sqrcode.enable" + quoted(pictures)).printed};
        std::string name;
        for (std::string line; std::getline(lines, line);) {
            if (auto const at = line.find("<source href='"); at != std::string::npos) name = line.substr(at + 14, line.find('\'', at + 14) - at - 14);
            if (auto const at = line.find("<![CDATA["); at != std::string::npos) out.emplace(name, line.substr(at + 9, line.find("]]>", at) - at - 9));
        }
        return out;
    }

    std::filesystem::path folder_;
};

struct Row {
    Template which;
};
void PrintTo(Row const& row, std::ostream* out) { *out << name_of(row.which); }

class EachTemplate : public Decode, public ::testing::WithParamInterface<Row> {};

TEST_P(EachTemplate, is_read_in_every_format) {
    auto const seed = fresh_seed();
    auto draw = Draw{seed};
    auto payloads = std::vector<std::string>{};
    auto pictures = std::vector<std::string>{};
    auto files = std::vector<std::string>{};
    for (std::size_t i = 0; i < count(); ++i) {
        auto const request = draw.request();
        auto const payload = *make(request);
        auto const caption = Caption{.bank = std::string{find_by_bin(request.bin)->display_name()}, .holder = draw.holder(), .account = request.account,
                                     .amount = request.amount ? with_dots(*request.amount) + " đ" : "", .purpose = request.purpose,
                                     .warning = i % 5 == 0 ? "Tài khoản chưa đăng ký với Chợ Số" : "", .logo = {}};
        auto symbol = encode(payload, ErrorCorrection::medium, i % 3 == 0 ? Packing::optimal : Packing::bytes);
        ASSERT_TRUE(symbol.ok());
        auto const picture = lay_out(GetParam().which, std::move(symbol).value(), caption);
        ASSERT_TRUE(picture.has_value());
        auto const name = path(number(i));
        payloads.push_back(payload);
        switch (i % 4) {
            case 0: pictures.push_back(write(number(i) + ".png", *to_png(*picture))); break;
            case 1: pictures.push_back(write(number(i) + ".jpg", *to_jpeg(*picture))); break;
            case 2:
                ASSERT_TRUE(run("rsvg-convert -o '" + name + ".png' '" + write(number(i) + ".svg", to_svg(*picture, "VietQR")) + "'").ok);
                pictures.push_back(name + ".png");
                break;
            default:
                files.push_back(write(number(i) + ".pdf", to_pdf(*picture, "VietQR")));
                ASSERT_TRUE(run("pdftoppm -r 150 -gray -png -singlefile '" + files.back() + "' '" + name + "'").ok);
                pictures.push_back(name + ".png");
        }
    }
    expect_read(pictures, payloads, std::to_string(seed));
    for (std::size_t i = 0; i < files.size(); i += 10) EXPECT_TRUE(run("qpdf --check '" + files[i] + "'").ok) << files[i];
}

INSTANTIATE_TEST_SUITE_P(Pictures, EachTemplate, ::testing::Values(Row{Template::qr_only}, Row{Template::compact}, Row{Template::compact2}, Row{Template::print}),
                         [](auto const& row) { return std::string{name_of(row.param.which)}; });

struct StandeeRow {
    char const* name;
    StandeeSize size;
    std::string_view points;  ///< of the page, as pdfinfo says it: the trimmed size and 8 mm around
};
void PrintTo(StandeeRow const& row, std::ostream* out) { *out << row.name; }

class EachStandee : public Decode, public ::testing::WithParamInterface<StandeeRow> {};

TEST_P(EachStandee, is_read_from_its_pack) {
    auto const seed = fresh_seed();
    auto draw = Draw{seed};
    auto standees = std::vector<Standee>{};
    auto payloads = std::vector<std::string>{};
    for (std::size_t i = 0; i < count(); ++i) {
        payloads.push_back(draw.payload());
        standees.push_back({payloads.back(), i % 7 == 0 ? "Cửa hàng thực phẩm sạch và đặc sản vùng cao Nguyễn Thị Ngọc Ánh" : "Cô Hoa – Rau sạch",
                            "Chợ Đồng Quang · Sạp A" + std::to_string(i), draw.holder(), "Vietcombank", "1016039126", "KX3CM1K6121492"});
    }
    std::size_t told = 0;
    auto const pack = standee_pack(standees, GetParam().size, "Chợ Đồng Quang", [&told](std::size_t done) { return done == ++told; });
    ASSERT_TRUE(pack.has_value());
    EXPECT_EQ(told, standees.size());
    auto const file = write("pack.pdf", *pack);
    EXPECT_TRUE(run("qpdf --check '" + file + "'").ok);
    EXPECT_NE(run("pdfinfo '" + file + "'").printed.find(std::string{GetParam().points}), std::string::npos) << run("pdfinfo '" + file + "'").printed;
    auto const words = run("pdftotext -f 1 -l 1 '" + file + "' -").printed;
    for (auto const* said : {"Kiểm tra tên người nhận", "•••• 9126", "KX3CM1K6121492", "Chợ Đồng Quang", "Vietcombank"})
        EXPECT_NE(words.find(said), std::string::npos) << said << " in " << words;
    EXPECT_EQ(words.find("1016039126"), std::string::npos) << "the whole account number is printed";

    ASSERT_TRUE(run("pdftoppm -r 150 -gray -png '" + file + "' '" + path("page") + "'").ok);
    auto pictures = std::vector<std::string>{};
    for (auto const& entry : std::filesystem::directory_iterator{path("")})
        if (entry.path().filename().string().starts_with("page")) pictures.push_back(entry.path().string());
    std::ranges::sort(pictures);
    expect_read(pictures, payloads, std::to_string(seed));
}

INSTANTIATE_TEST_SUITE_P(Standees, EachStandee,
                         ::testing::Values(StandeeRow{"a6", StandeeSize::a6, "342.992 x 464.882"}, StandeeRow{"a5", StandeeSize::a5, "464.882 x 640.63"}),
                         [](auto const& row) { return std::string{row.param.name}; });

TEST_F(Decode, every_code_of_a_price_list_is_read) {
    auto prices = std::vector<Price>{};
    auto wanted = std::set<std::string>{};
    for (std::size_t i = 0; i < 30; ++i) {
        auto const amount = Money{static_cast<std::int64_t>(1'000 * (i + 1))};
        prices.push_back({"Rau muống " + std::to_string(i + 1) + " mớ", amount, *make({.bin = "970436", .account = "1016039126", .amount = amount})});
        wanted.insert(prices.back().payload);
    }
    auto const pdf = price_list("Cô Hoa – Rau sạch", "NGUYỄN THỊ HOA · Vietcombank", prices);
    ASSERT_TRUE(pdf.has_value());
    auto const file = write("prices.pdf", *pdf);
    EXPECT_TRUE(run("qpdf --check '" + file + "'").ok);
    ASSERT_TRUE(run("pdftoppm -r 150 -gray -png '" + file + "' '" + path("page") + "'").ok);
    auto read = std::set<std::string>{};
    for (auto const& entry : std::filesystem::directory_iterator{path("")}) {
        if (entry.path().extension() != ".png") continue;
        std::istringstream lines{run("zbarimg --quiet --raw -Sdisable -Sqrcode.enable '" + entry.path().string() + "'").printed};
        for (std::string line; std::getline(lines, line);) read.insert(line);
    }
    EXPECT_EQ(read, wanted);
}

TEST_F(Decode, a_logo_in_its_slot_does_no_harm) {
    auto const seed = fresh_seed();
    auto draw = Draw{seed};
    auto payloads = std::vector<std::string>{};
    auto pictures = std::vector<std::string>{};
    for (std::size_t i = 0; i < count(); ++i) {
        auto const payload = draw.payload();
        auto slotted = encode_with_slot(payload, 0.05);
        ASSERT_TRUE(slotted.ok()) << payload;
        EXPECT_LE(slotted->damage.worst() * 2, slotted->damage.correctable);
        auto const slot = slotted->slot;
        auto const picture = lay_out(Template::compact, std::move(slotted->symbol), {.bank = "Chợ Số", .holder = {}, .account = {}, .amount = {}, .purpose = {}, .warning = {}, .logo = "CS"}, slot);
        ASSERT_TRUE(picture.has_value());
        payloads.push_back(payload);
        pictures.push_back(write(number(i) + ".png", *to_png(*picture)));
    }
    expect_read(pictures, payloads, std::to_string(seed));
}

}  // namespace
}  // namespace choso::qr
