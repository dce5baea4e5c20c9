#include "gateway/cli/demo_market.hpp"

// The table of the demo's shops. Names, prices, stars and accounts are invented.
namespace choso::cli::demo {
namespace {

constexpr std::array the_shops{
    Shop{"HTX Chè Suối Lăng", "cooperative", "Xã Tân Cương", "Thái Nguyên", "0900001000", {"970436", "9900078000000", "HTX CHE SUOI LANG"},
         {{
             {"Chè nõn tôm Tân Cương Suối Lăng", "Chè", "hộp 200 g", 320000, 60, "tea", "hộp 500 g=760000", 4, "Chè Tân Cương"},
             {"Chè búp móc câu Suối Lăng", "Chè", "gói 500 g", 180000, 120, "tea", "", 3},
             {"Chè đinh thượng hạng Suối Lăng", "Chè", "hộp 100 g", 450000, 25, "tea", "", 5},
             {"Trà lài ướp hoa Suối Lăng", "Chè", "hộp 150 g", 140000, 80, "tea"},
         }}},
    Shop{"Hộ Dương Thị Nhài", "household", "Xã La Bằng", "Thái Nguyên", "0900001001", {"970415", "9900078000001", "HO DUONG THI NHAI"},
         {{
             {"Chè xanh La Bằng nhà Nhài", "Chè", "gói 250 g", 90000, 150, "tea", "gói 500 g=170000", 3},
             {"Chè vụn pha đá", "Chè", "kg", 60000, 90, "tea"},
             {"Nụ vối phơi khô", "Dược liệu", "gói 200 g", 45000, 70, "tea"},
             {"Lá vối ủ", "Dược liệu", "gói 300 g", 35000, 60, "tea"},
         }}},
    Shop{"HTX Miến Đồng Lầy", "cooperative", "Xã Na Rì", "Thái Nguyên", "0900001002", {"970405", "9900078000002", "HTX MIEN DONG LAY"},
         {{
             {"Miến dong Đồng Lầy sợi nhỏ", "Mì, bún, miến", "gói 500 g", 55000, 300, "noodles", "", 4},
             {"Miến dong Đồng Lầy sợi to", "Mì, bún, miến", "gói 500 g", 52000, 280, "noodles", "", 3},
             {"Tinh bột dong riềng nguyên chất", "Bột", "gói 1 kg", 70000, 100, "rice"},
             {"Miến dong trộn rau chùm ngây", "Mì, bún, miến", "gói 400 g", 62000, 80, "noodles"},
         }}},
    Shop{"Hộ Hoàng Văn Slấn", "household", "Xã Chợ Đồn", "Thái Nguyên", "0900001003", {"970422", "9900078000003", "HO HOANG VAN SLAN"},
         {{
             {"Gạo nếp Tài Chợ Đồn", "Gạo", "kg", 42000, 500, "rice", "", 3},
             {"Gạo Bao Thai vụ mùa", "Gạo", "kg", 28000, 800, "rice", "bao 10 kg=265000", 0, "Gạo Bao Thai"},
             {"Cốm nếp non", "Bánh kẹo", "gói 300 g", 60000, 40, "rice"},
             {"Rượu men lá bản Slấn", "Đồ uống", "chai 1 lít", 120000, 50, "drink"},
         }}},
    Shop{"HTX Mật ong Hang Dơi", "cooperative", "Xã Võ Nhai", "Thái Nguyên", "0900001004", {"970407", "9900078000004", "HTX MAT ONG HANG DOI"},
         {{
             {"Mật ong rừng Hang Dơi", "Mật ong", "chai 500 ml", 190000, 90, "honey", "chai 1 lít=360000", 4},
             {"Mật ong hoa nhãn Hang Dơi", "Mật ong", "chai 500 ml", 130000, 140, "honey", "", 3},
             {"Phấn hoa sấy lạnh", "Mật ong", "hũ 200 g", 150000, 45, "honey"},
             {"Sáp ong nguyên tảng", "Mật ong", "kg", 280000, 12, "honey"},
         }}},
    Shop{"Hộ Lường Thị Phượng", "household", "Xã Phú Bình", "Thái Nguyên", "0900001005", {"970418", "9900078000005", "HO LUONG THI PHUONG"},
         {{
             {"Gà đồi thả vườn Phú Bình làm sạch", "Thịt, trứng", "con 1,5 kg", 210000, 35, "meat", "", 0, "Gà đồi Phú Bình"},
             {"Trứng gà đồi", "Thịt, trứng", "chục", 38000, 200, "meat"},
             {"Giò gà thủ công", "Thịt, trứng", "kg", 240000, 20, "meat"},
             {"Chân gà rút xương ủ muối", "Thịt, trứng", "hộp 500 g", 110000, 30, "meat"},
         }}},
    Shop{"HTX Nấm Bản Pèo", "cooperative", "Xã Đồng Hỷ", "Thái Nguyên", "0900001006", {"970436", "9900078000006", "HTX NAM BAN PEO"},
         {{
             {"Nấm hương khô Bản Pèo", "Nấm", "gói 200 g", 125000, 100, "mushroom", "", 3},
             {"Mộc nhĩ rừng khô", "Nấm", "gói 250 g", 70000, 110, "mushroom"},
             {"Nấm sò tươi", "Nấm", "kg", 65000, 40, "mushroom"},
             {"Ruốc nấm chay", "Nấm", "hũ 150 g", 58000, 75, "mushroom"},
         }}},
    Shop{"Hộ Ma Thị Én", "household", "Xã Định Hóa", "Thái Nguyên", "0900001007", {"970415", "9900078000007", "HO MA THI EN"},
         {{
             {"Cơm lam ống nứa", "Bánh kẹo", "bó 5 ống", 75000, 60, "rice"},
             {"Bánh cooc mò gói lá chuối", "Bánh kẹo", "chục", 50000, 80, "cake"},
             {"Thịt trâu gác bếp Định Hóa", "Thịt, trứng", "gói 500 g", 450000, 18, "meat", "gói 250 g=235000"},
             {"Lạp sườn hun khói", "Thịt, trứng", "kg", 260000, 30, "meat", "", 3},
         }}},
    Shop{"HTX Rau an toàn Bãi Soi", "cooperative", "Xã Đại Phúc", "Thái Nguyên", "0900001008", {"970405", "9900078000008", "HTX RAU AN TOAN BAI SOI"},
         {{
             {"Rau cải ngọt Bãi Soi", "Rau củ", "bó", 9000, 150, "vegetable"},
             {"Su hào tím", "Rau củ", "kg", 18000, 120, "vegetable"},
             {"Cà chua bi", "Rau củ", "kg", 35000, 90, "vegetable"},
             {"Rổ rau gia đình một tuần", "Rau củ", "rổ", 145000, 25, "vegetable"},
         }}},
    Shop{"Công ty Bánh Mây Trắng", "company", "Phường Phan Đình Phùng", "Thái Nguyên", "0900001009", {"970422", "9900078000009", "CONG TY BANH MAY TRANG"},
         {{
             {"Bánh chưng gù Mây Trắng", "Bánh kẹo", "cặp", 90000, 100, "cake"},
             {"Bánh đậu xanh lá dứa", "Bánh kẹo", "hộp 300 g", 55000, 140, "cake"},
             {"Kẹo lạc vừng giòn", "Bánh kẹo", "gói 250 g", 32000, 200, "cake", "", 3},
             {"Chè lam gừng", "Bánh kẹo", "hộp 400 g", 48000, 90, "cake"},
         }}},
    Shop{"HTX Na dai Đá Vách", "cooperative", "Xã La Hiên", "Thái Nguyên", "0900001010", {"970407", "9900078000010", "HTX NA DAI DA VACH"},
         {{
             {"Na dai Đá Vách loại một", "Trái cây", "kg", 75000, 200, "fruit", "", 4},
             {"Na dai Đá Vách loại hai", "Trái cây", "kg", 48000, 150, "fruit"},
             {"Nhãn muộn", "Trái cây", "kg", 40000, 170, "fruit"},
             {"Hộp quà na và nhãn", "Trái cây", "hộp 3 kg", 230000, 30, "fruit"},
         }}},
    Shop{"Hộ Nông Thị Liễu", "household", "Xã Ba Bể", "Thái Nguyên", "0900001011", {"970418", "9900078000011", "HO NONG THI LIEU"},
         {{
             {"Tép chua hồ Ba Bể", "Gia vị", "hũ 300 g", 65000, 70, "jar", "", 3},
             {"Măng ớt ngâm", "Gia vị", "hũ 500 g", 45000, 120, "jar"},
             {"Cá hồ nướng khô", "Thuỷ sản", "gói 300 g", 130000, 40, "meat"},
             {"Hạt dổi rừng rang", "Gia vị", "gói 50 g", 60000, 55, "jar"},
         }}},
    Shop{"Hộ Triệu Tòn Phẩy", "individual", "Xã Bằng Thành", "Thái Nguyên", "0900001012", {"970436", "9900078000012", "HO TRIEU TON PHAY"},
         {{
             {"Bí thơm Ba Bể", "Rau củ", "kg", 22000, 260, "vegetable", "", 3},
             {"Khoai môn tím", "Rau củ", "kg", 30000, 140, "vegetable"},
             {"Hồng không hạt", "Trái cây", "kg", 55000, 110, "fruit", "", 4, "Hồng không hạt Bắc Kạn"},
             {"Mơ vàng ngâm đường", "Đồ uống", "hũ 1 lít", 95000, 60, "jar"},
         }}},
    Shop{"HTX Đậu phụ Làng Bình", "cooperative", "Phường Sông Công", "Thái Nguyên", "0900001013", {"970415", "9900078000013", "HTX DAU PHU LANG BINH"},
         {{
             {"Đậu phụ mơ Làng Bình", "Đậu phụ", "bìa", 6000, 400, "cake"},
             {"Tào phớ hoa nhài", "Đậu phụ", "hộp", 15000, 120, "cake"},
             {"Sữa đậu nành nguyên chất", "Đồ uống", "chai 1 lít", 25000, 100, "drink"},
             {"Tương nếp ủ chum", "Gia vị", "chai 500 ml", 40000, 90, "jar"},
         }}},
    Shop{"Xưởng mây tre Cầu Ván", "company", "Phường Phổ Yên", "Thái Nguyên", "0900001014", {"970405", "9900078000014", "XUONG MAY TRE CAU VAN"},
         {{
             {"Giỏ mây đựng chè", "Thủ công mỹ nghệ", "chiếc", 180000, 25, "craft"},
             {"Khay tre ấm chén", "Thủ công mỹ nghệ", "chiếc", 120000, 40, "craft"},
             {"Nón lá cọ", "Thủ công mỹ nghệ", "chiếc", 60000, 80, "craft"},
             {"Mành trúc cửa sổ", "Thủ công mỹ nghệ", "bộ", 350000, 10, "craft"},
         }}},
    Shop{"HTX Vải thiều Đồi Hồng", "cooperative", "Xã Lục Ngạn", "Bắc Giang", "0900001015", {"970422", "9900078000015", "HTX VAI THIEU DOI HONG"},
         {{
             {"Vải thiều Lục Ngạn tươi", "Trái cây", "kg", 45000, 600, "fruit", "thùng 5 kg=215000", 4, "Vải thiều Lục Ngạn"},
             {"Vải thiều sấy khô", "Trái cây", "gói 500 g", 95000, 180, "fruit", "", 4},
             {"Nước vải ép lạnh", "Đồ uống", "chai 330 ml", 28000, 240, "drink"},
             {"Mật ong hoa vải", "Mật ong", "chai 500 ml", 140000, 130, "honey", "", 3},
         }}},
    Shop{"Hộ Vi Văn Thắng", "household", "Xã Sơn Động", "Bắc Giang", "0900001016", {"970407", "9900078000016", "HO VI VAN THANG"},
         {{
             {"Mật ong rừng Khe Rỗ", "Mật ong", "chai 650 ml", 230000, 70, "honey"},
             {"Ba kích tím khô", "Dược liệu", "gói 500 g", 310000, 22, "tea"},
             {"Chè hoa vàng sấy", "Chè", "hộp 50 g", 390000, 15, "tea"},
             {"Nấm lim xanh thái lát", "Nấm", "gói 200 g", 290000, 18, "mushroom"},
         }}},
    Shop{"Làng mì Chũ Thủ Dương Mới", "cooperative", "Xã Nam Dương", "Bắc Giang", "0900001017", {"970418", "9900078000017", "LANG MI CHU THU DUONG MOI"},
         {{
             {"Mì Chũ sợi truyền thống", "Mì, bún, miến", "bó 1 kg", 48000, 500, "noodles", "", 4, "Mì Chũ"},
             {"Mì gạo lứt đỏ", "Mì, bún, miến", "gói 500 g", 42000, 260, "noodles", "", 3},
             {"Mì rau củ ngũ sắc", "Mì, bún, miến", "gói 400 g", 45000, 220, "noodles"},
             {"Bánh đa nem dẻo", "Mì, bún, miến", "thếp", 20000, 310, "noodles"},
         }}},
    Shop{"Hộ Giáp Thị Hòa", "household", "Xã Việt Yên", "Bắc Giang", "0900001018", {"970436", "9900078000018", "HO GIAP THI HOA"},
         {{
             {"Rượu nếp Làng Vân Giáp Hòa", "Đồ uống", "chai 500 ml", 85000, 120, "drink", "", 3},
             {"Rượu nếp cẩm hạ thổ", "Đồ uống", "bình 2 lít", 320000, 25, "drink"},
             {"Cơm rượu nếp cái", "Bánh kẹo", "hũ 500 g", 35000, 60, "jar"},
             {"Men rượu thuốc bắc", "Gia vị", "gói 100 g", 18000, 150, "jar"},
         }}},
    Shop{"HTX Gà đồi Yên Thế Xanh", "cooperative", "Xã Yên Thế", "Bắc Giang", "0900001019", {"970415", "9900078000019", "HTX GA DOI YEN THE XANH"},
         {{
             {"Gà đồi Yên Thế nguyên con", "Thịt, trứng", "con 1,8 kg", 260000, 50, "meat", "", 4, "Gà đồi Yên Thế"},
             {"Gà ủ muối hoa tiêu", "Thịt, trứng", "con", 290000, 24, "meat", "", 3},
             {"Chè xanh Bản Ven", "Chè", "gói 200 g", 85000, 90, "tea"},
             {"Xúc xích gà thảo mộc", "Thịt, trứng", "gói 400 g", 95000, 65, "meat"},
         }}},
    Shop{"Hộ Thân Văn Khoát", "household", "Xã Tân Yên", "Bắc Giang", "0900001020", {"970405", "9900078000020", "HO THAN VAN KHOAT"},
         {{
             {"Vải sớm Phúc Hòa nhà Khoát", "Trái cây", "kg", 52000, 300, "fruit", "", 3},
             {"Lạc sen đỏ", "Hạt", "kg", 60000, 170, "rice"},
             {"Dầu lạc ép thủ công", "Gia vị", "chai 1 lít", 145000, 80, "jar"},
             {"Sâm nam núi Dành", "Dược liệu", "gói 300 g", 420000, 10, "tea", "", 4},
         }}},
    Shop{"HTX Bánh đa Kế Cổ", "cooperative", "Phường Kế", "Bắc Giang", "0900001021", {"970422", "9900078000021", "HTX BANH DA KE CO"},
         {{
             {"Bánh đa Kế vừng lạc", "Bánh kẹo", "chục", 70000, 140, "cake", "", 4},
             {"Bánh đa Kế gấc", "Bánh kẹo", "chục", 75000, 90, "cake"},
             {"Bún khô gạo tẻ", "Mì, bún, miến", "gói 500 g", 24000, 200, "noodles"},
             {"Kẹo dồi lạc", "Bánh kẹo", "gói 300 g", 30000, 160, "cake"},
         }}},
    Shop{"Hộ Lục Thị Sen", "household", "Xã Lạng Giang", "Bắc Giang", "0900001022", {"970407", "9900078000022", "HO LUC THI SEN"},
         {{
             {"Hạt sen khô bóc vỏ", "Hạt", "gói 500 g", 165000, 60, "rice"},
             {"Trà tim sen", "Chè", "gói 100 g", 70000, 80, "tea"},
             {"Củ sen tươi", "Rau củ", "kg", 40000, 55, "vegetable"},
             {"Mứt sen trần", "Bánh kẹo", "hộp 250 g", 110000, 35, "cake", "", 3},
         }}},
    Shop{"Công ty Gốm Thổ Hà Mới", "company", "Xã Vân Hà", "Bắc Giang", "0900001023", {"970418", "9900078000023", "CONG TY GOM THO HA MOI"},
         {{
             {"Chum sành ngâm rượu 10 lít", "Thủ công mỹ nghệ", "chiếc", 380000, 14, "craft"},
             {"Bộ ấm trà sành nâu", "Thủ công mỹ nghệ", "bộ", 260000, 30, "craft"},
             {"Bình hút lộc nhỏ", "Thủ công mỹ nghệ", "chiếc", 420000, 8, "craft"},
             {"Bát ăn cơm men tro", "Thủ công mỹ nghệ", "bộ 6", 210000, 26, "craft"},
         }}},
    Shop{"HTX Dứa Hương Sơn Đỏ", "cooperative", "Xã Hương Sơn", "Bắc Giang", "0900001024", {"970436", "9900078000024", "HTX DUA HUONG SON DO"},
         {{
             {"Dứa Hương Sơn quả to", "Trái cây", "quả", 15000, 400, "fruit"},
             {"Dứa sấy dẻo", "Trái cây", "gói 250 g", 68000, 120, "fruit", "", 3},
             {"Nước cốt dứa lên men", "Đồ uống", "chai 750 ml", 72000, 70, "drink"},
             {"Mứt dứa quế", "Bánh kẹo", "hũ 300 g", 54000, 90, "jar"},
         }}},
    Shop{"Hộ Nguyễn Thị Bưởi", "household", "Xã Hiệp Hòa", "Bắc Giang", "0900001025", {"970415", "9900078000025", "HO NGUYEN THI BUOI"},
         {{
             {"Bưởi Diễn Lương Phong", "Trái cây", "quả", 28000, 350, "fruit", "", 3},
             {"Tinh dầu vỏ bưởi", "Dược liệu", "lọ 50 ml", 120000, 45, "drink"},
             {"Mật ong hoa bưởi", "Mật ong", "chai 500 ml", 150000, 60, "honey"},
             {"Chè bưởi ăn liền", "Bánh kẹo", "hộp", 22000, 70, "cake"},
         }}},
    Shop{"Hộ Ngô Văn Tùng", "individual", "Xã Yên Dũng", "Bắc Giang", "0900001026", {"970405", "9900078000026", "HO NGO VAN TUNG"},
         {{
             {"Gạo thơm Yên Dũng", "Gạo", "kg", 26000, 900, "rice", "bao 5 kg=125000", 4, "Gạo thơm Yên Dũng"},
             {"Gạo nếp cái hoa vàng", "Gạo", "kg", 38000, 400, "rice"},
             {"Cám gạo rang ủ ấm", "Gạo", "gói 500 g", 25000, 60, "rice"},
             {"Rơm cuộn", "Vật tư", "cuộn", 45000, 100, "craft"},
         }}},
    Shop{"HTX Thuỷ sản Sông Thương", "cooperative", "Phường Bắc Giang", "Bắc Giang", "0900001027", {"970422", "9900078000027", "HTX THUY SAN SONG THUONG"},
         {{
             {"Chả cá thác lác Sông Thương", "Thuỷ sản", "kg", 180000, 50, "meat", "", 3},
             {"Cá trắm đen kho riềng", "Thuỷ sản", "nồi 1 kg", 260000, 16, "meat"},
             {"Tôm sông sấy", "Thuỷ sản", "gói 300 g", 210000, 28, "meat"},
             {"Mắm tép chưng thịt", "Gia vị", "hũ 250 g", 75000, 85, "jar"},
         }}},
    Shop{"Hộ Chu Thị Xoan", "household", "Xã Lục Nam", "Bắc Giang", "0900001028", {"970407", "9900078000028", "HO CHU THI XOAN"},
         {{
             {"Na dai Lục Nam", "Trái cây", "kg", 68000, 180, "fruit", "", 4},
             {"Khoai sọ ruộng bậc", "Rau củ", "kg", 24000, 160, "vegetable"},
             {"Dưa hấu ruột vàng", "Trái cây", "quả 2 kg", 50000, 75, "fruit"},
             {"Hạt dẻ rang muối", "Hạt", "gói 400 g", 90000, 48, "rice"},
         }}},
    Shop{"HTX Thảo dược Tây Yên Tử", "cooperative", "Xã Tây Yên Tử", "Bắc Giang", "0900001029", {"970418", "9900078000029", "HTX THAO DUOC TAY YEN TU"},
         {{
             {"Trà dây Tây Yên Tử", "Dược liệu", "gói 250 g", 60000, 110, "tea", "", 3},
             {"Cao cà gai leo", "Dược liệu", "hũ 100 g", 180000, 40, "jar"},
             {"Túi thảo dược ngâm chân", "Dược liệu", "gói 10 túi", 85000, 95, "tea"},
             {"Tinh dầu sả chanh", "Dược liệu", "lọ 30 ml", 70000, 65, "drink"},
         }}},
};

constexpr Pool the_marketplace{"Sàn nông sản Chợ Số", "company", {"970422", "9900078800088", "SAN NONG SAN CHO SO", true}, {}};

}  // namespace

std::span<Shop const> shops() { return the_shops; }
Pool const& marketplace() { return the_marketplace; }

}  // namespace choso::cli::demo
