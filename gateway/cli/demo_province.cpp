#include "gateway/cli/demo_province.hpp"

#include <array>

namespace choso::cli::demo {
namespace {

constexpr std::array the_markets{
    Market{"Chợ Đồng Quang", "Phường Đồng Quang"},
    Market{"Chợ Thái", "Phường Trưng Vương"},
    Market{"Chợ Minh Cầu", "Phường Minh Cầu"},
};

// Some give their account to nothing but the stall (it takes what names nothing), some are private accounts.
constexpr std::array the_stalls{
    Stall{0, "Cô Hoa – rau củ", "A01", "Hộ kinh doanh Nguyễn Thị Hoa",
          {"970436", "9900000102947", "NGUYEN THI HOA"}},
    Stall{0, "Chú Bình – thịt lợn", "A04", "Hộ kinh doanh Trần Văn Bình",
          {"970415", "9900000205894", "TRAN VAN BINH"}},
    Stall{0, "Bà Sáu – trứng gà", "A07", "Hộ kinh doanh Phạm Thị Sáu",
          {"970405", "9900000308841", "PHAM THI SAU"}},
    Stall{0, "Anh Tú – cá sông", "A10", "Hộ kinh doanh Lê Anh Tú",
          {"970422", "9900000411788", "LE ANH TU"}},
    Stall{0, "Chị Lan – hoa quả", "A13", "Hộ kinh doanh Vũ Thị Lan",
          {"970407", "9900000514735", "VU THI LAN"}},
    Stall{0, "Cô Mai – bánh cuốn", "A16", "Hộ kinh doanh Đặng Thị Mai",
          {"970418", "9900000617682", "DANG THI MAI"}, true},
    Stall{0, "Ông Khải – chè Tân Cương", "A19", "Hộ kinh doanh Hoàng Văn Khải",
          {"970416", "9900000720629", "HOANG VAN KHAI"}},
    Stall{0, "Chị Nhung – đồ khô", "A22", "Hộ kinh doanh Bùi Thị Nhung",
          {"970432", "9900000823576", "BUI THI NHUNG", false, false}},
    Stall{1, "Bác Thơm – đậu phụ", "B01", "Hộ kinh doanh Ngô Thị Thơm",
          {"970423", "9900000926523", "NGO THI THOM"}},
    Stall{1, "Anh Đức – gạo quê", "B04", "Hộ kinh doanh Dương Minh Đức",
          {"970403", "9900001029470", "DUONG MINH DUC"}},
    Stall{1, "Cô Yến – vải vóc", "B07", "Hộ kinh doanh Lý Hải Yến",
          {"970437", "9900001132417", "LY HAI YEN"}},
    Stall{1, "Chị Thuỷ – giày dép", "B10", "Hộ kinh doanh Mai Thu Thuỷ",
          {"970443", "9900001235364", "MAI THU THUY"}},
    Stall{1, "Chú Phong – đồ gia dụng", "B13", "Hộ kinh doanh Phan Thanh Phong",
          {"970448", "9900001338311", "PHAN THANH PHONG"}},
    Stall{1, "Cô Duyên – bún phở", "B16", "Hộ kinh doanh Tạ Thị Duyên",
          {"970441", "9900001441258", "TA THI DUYEN"}, true},
    Stall{1, "Bà Cúc – hương nến", "B19", "Hộ kinh doanh Đỗ Thị Cúc",
          {"970431", "9900001544205", "DO THI CUC"}},
    Stall{1, "Anh Quân – điện thoại cũ", "B22", "Hộ kinh doanh Cao Hồng Quân",
          {"970426", "9900001647152", "CAO HONG QUAN", false, false}},
    Stall{2, "Chị Hằng – rau thơm", "C01", "Hộ kinh doanh Lương Thị Hằng",
          {"970429", "9900001750099", "LUONG THI HANG"}},
    Stall{2, "Ông Lộc – gà đồi", "C04", "Hộ kinh doanh Nông Văn Lộc",
          {"970440", "9900001853046", "NONG VAN LOC"}},
    Stall{2, "Cô Xuân – bánh chưng", "C07", "Hộ kinh doanh Triệu Thị Xuân",
          {"970449", "9900001955993", "TRIEU THI XUAN"}},
    Stall{2, "Chị Trang – quần áo trẻ em", "C10", "Hộ kinh doanh Hà Huyền Trang",
          {"970454", "9900002058940", "HA HUYEN TRANG"}},
    Stall{2, "Anh Sơn – nông cụ", "C13", "Hộ kinh doanh Ma Thái Sơn",
          {"970425", "9900002161887", "MA THAI SON"}},
    Stall{2, "Bác Liên – mật ong", "C16", "Hộ kinh doanh Lục Thị Liên",
          {"970428", "9900002264834", "LUC THI LIEN"}, true},
    Stall{2, "Cô Ngân – trà đá", "C19", "Hộ kinh doanh Đinh Kim Ngân",
          {"970430", "9900002367781", "DINH KIM NGAN"}},
    Stall{2, "Chú Hưng – sửa khoá", "C22", "Hộ kinh doanh Chu Quốc Hưng",
          {"970419", "9900002470728", "CHU QUOC HUNG", false, false}},
};

constexpr std::array the_institutions{
    Institution{"school", "school", "Trường Tiểu học Hoa Ban",
                {"970436", "9900071000011", "TRUONG TIEU HOC HOA BAN", true}},
    Institution{"hospital", "hospital", "Bệnh viện Đa khoa Sông Xanh",
                {"970415", "9900072000022", "BENH VIEN DA KHOA SONG XANH", true}},
    Institution{"public_office", "public_office", "Trung tâm Phục vụ hành chính công Trăng Non",
                {"970405", "9900073000033", "TT PHUC VU HANH CHINH CONG TRANG NON", true}},
};

constexpr std::array the_payees{
    Pool::Payee{"Công ty Nước sạch Suối Trong", "utility", {"970436", "9900075000055", "CONG TY NUOC SACH SUOI TRONG"}},
    Pool::Payee{"Công ty Môi trường Xanh Sạch", "utility", {"970415", "9900076000066", "CONG TY MOI TRUONG XANH SACH"}},
    Pool::Payee{"Trường Mầm non Hoa Sữa", "school", {"970405", "9900077000077", "TRUONG MAM NON HOA SUA"}},
};

constexpr Pool the_pool{"Trung tâm thu hộ tỉnh", "public_office",
                        {"970418", "9900074000044", "TRUNG TAM THU HO TINH", true}, the_payees};

constexpr std::array the_members{
    Member{"van-hanh", "Lê Thị Vân", "operator", "/nguoi-dung"},
    Member{"duyet-chi", "Trần Quốc Duyệt", "approver", "/duyet"},
    Member{"duyet-chi-2", "Phạm Thu Hà", "approver", "/duyet"},
    Member{"doi-soat", "Nguyễn Minh Đối", "reconciler", "/nhat-ky"},
    Member{"kiem-duyet", "Vũ Ngọc Kiểm", "moderator", "/ban/duyet", Member::About::province, false},
    Member{"nguoi-xem", "Hoàng Thị Xem", "viewer", "/tai-khoan", Member::About::province, false},
    Member{"thu-phi", "Đỗ Văn Thu", "fee_clerk", "/thu", Member::About::institution},
    Member{"duyet-truong", "Bùi Thị Hiệu", "approver", "/duyet", Member::About::institution},
    Member{"chu-sap", "Nguyễn Thị Hoa", "stall_owner", "/tai-khoan", Member::About::stall, false},
    Member{"ban-hang", "Nguyễn Văn Phụ", "stall_staff", "/tai-khoan", Member::About::stall, false},
    Member{"nguoi-ban", "Nguyễn Thị Hoa", "seller", "/ban", Member::About::stall, false},
};

}  // namespace

std::span<Market const> markets() { return the_markets; }
std::span<Stall const> stalls() { return the_stalls; }
std::span<Institution const> institutions() { return the_institutions; }
Pool const& pool() { return the_pool; }
std::span<Member const> members() { return the_members; }

}  // namespace choso::cli::demo
