#include <algorithm>
#include <array>
#include <map>

#include "marketplace/trace/gs1.hpp"
#include "marketplace/trace/gs1_coupon.hpp"

// The checks of single components, named as the GS1 syntax dictionary names them.
namespace choso::marketplace::gs1 {
namespace {

using Wrong = std::optional<std::string_view>;

// ISO 3166-1 and ISO 4217.
constexpr std::string_view countries_numeric =
    "004 008 010 012 016 020 024 028 031 032 036 040 044 048 050 051 052 056 060 064 068 070 072 074 076 084 086 090 092 096 "
    "100 104 108 112 116 120 124 132 136 140 144 148 152 156 158 162 166 170 174 175 178 180 184 188 191 192 196 203 204 208 "
    "212 214 218 222 226 231 232 233 234 238 239 242 246 248 250 254 258 260 262 266 268 270 275 276 288 292 296 300 304 308 "
    "312 316 320 324 328 332 334 336 340 344 348 352 356 360 364 368 372 376 380 384 388 392 398 400 404 408 410 414 417 418 "
    "422 426 428 430 434 438 440 442 446 450 454 458 462 466 470 474 478 480 484 492 496 498 499 500 504 508 512 516 520 524 "
    "528 531 533 534 535 540 548 554 558 562 566 570 574 578 580 581 583 584 585 586 591 598 600 604 608 612 616 620 624 626 "
    "630 634 638 642 643 646 652 654 659 660 662 663 666 670 674 678 682 686 688 690 694 702 703 704 705 706 710 716 724 728 "
    "729 732 740 744 748 752 756 760 762 764 768 772 776 780 784 788 792 795 796 798 800 804 807 818 826 831 832 833 834 840 "
    "850 854 858 860 862 876 882 887 894";
constexpr std::string_view countries_alpha2 =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD "
    "CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF "
    "GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN "
    "KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA "
    "NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI "
    "SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI "
    "VN VU WF WS YE YT ZA ZM ZW";
constexpr std::string_view currencies =
    "008 012 032 036 044 048 050 051 052 060 064 068 072 084 090 096 104 108 116 124 132 136 144 152 156 170 174 188 191 192 "
    "203 208 214 222 230 232 238 242 262 270 292 320 324 328 332 340 344 348 352 356 360 364 368 376 388 392 396 398 400 404 408 "
    "410 414 417 418 422 426 430 434 446 454 458 462 480 484 496 498 504 512 516 524 532 533 548 554 558 566 578 586 590 598 "
    "600 604 608 634 643 646 654 682 690 702 704 706 710 728 748 752 756 760 764 776 780 784 788 800 807 818 826 834 840 "
    "858 860 882 886 901 924 925 926 927 928 929 930 931 933 934 936 938 940 941 943 944 946 947 948 949 950 951 952 953 955 "
    "956 957 958 959 960 961 962 963 964 965 967 968 969 970 971 972 973 975 976 977 978 979 980 981 984 985 986 990 994 997 "
    "999";
// GS1's PackageTypeCode: UN/ECE recommendation 21 and its own.
constexpr std::string_view package_types =
    "1A 1B 1D 1F 1G 1W 200 201 202 203 204 205 206 210 211 212 2C 3A 3H 43 44 4A 4B 4C 4D 4F 4G 4H 5H 5L 5M 6H 6P 7A 7B 8 8A 8B "
    "8C 9 AA AB AC AD AF AG AH AI AJ AL AM AP APE AT AV B4 BB BC BD BE BF BG BGE BH BI BJ BK BL BM BME BN BO BP BQ BR BRI BS BT "
    "BU BV BW BX BY BZ CA CB CBL CC CCE CD CE CF CG CH CI CJ CK CL CM CN CO CP CQ CR CS CT CU CV CW CX CY CZ DA DB DC DG DH DI DJ "
    "DK DL DM DN DP DPE DR DS DT DU DV DW DX DY E1 E2 E3 EC ED EE EF EG EH EI EN FB FC FD FE FI FL FO FOB FP FPE FR FT FW FX GB "
    "GI GL GR GU GY GZ HA HB HC HG HN HR IA IB IC ID IE IF IG IH IK IL IN IZ JB JC JG JR JT JY KG KI LAB LE LG LT LU LV LZ MA MB "
    "MC ME MPE MR MS MT MW MX NA NE NF NG NS NT NU NV OA OB OC OD OE OF OK OPE OT OU P2 PA PAE PB PC PD PE PF PG PH PI PJ PK PL "
    "PLP PN PO POP PP PPE PR PT PU PUE PV PX PY PZ QA QB QC QD QF QG QH QJ QK QL QM QN QP QQ QR QS RB1 RB2 RB3 RCB RD RG RJ RK RL "
    "RO RT RZ S1 SA SB SC SD SE SEC SH SI SK SL SM SO SP SS ST STL SU SV SW SX SY SZ T1 TB TC TD TE TEV TG THE TI TK TL TN TO TR "
    "TRE TS TT TTE TU TV TW TWE TY TZ UC UN UUE VA VG VI VK VL VN VO VP VQ VR VS VY WA WB WC WD WF WG WH WJ WK WL WM WN WP WQ WR "
    "WRP WS WT WU WV WW WX WY WZ X11 X12 X15 X16 X17 X18 X19 X20 X3 XA XB XC XD XF XG XH XJ XK YA YB YC YD YF YG YH YJ YK YL YM "
    "YN YP YQ YR YS YT YV YW YX YY YZ ZA ZB ZC ZD ZF ZG ZH ZJ ZK ZL ZM ZN ZP ZQ ZR ZS ZT ZU ZV ZW ZX ZY ZZ";

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool all_digits(std::string_view text) { return std::ranges::all_of(text, digit); }
int two(std::string_view text) { return (text[0] - '0') * 10 + (text[1] - '0'); }

constexpr std::string_view cset82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view cset39 = "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

Wrong only_of(std::string_view set, std::string_view text) {
    if (text.find_first_not_of(set) != std::string_view::npos) return "character";
    return std::nullopt;
}

Wrong lint_cset64(std::string_view text) {
    auto const end = text.find_last_not_of('=');
    auto const padding = end == std::string_view::npos ? text.size() : text.size() - end - 1;
    for (auto const c : text.substr(0, text.size() - padding))
        if (!digit(c) && !letter(c) && c != '-' && c != '_') return "character";
    if (padding > 2 || (padding > 0 && text.size() % 3 != 0)) return "padding";
    return std::nullopt;
}

Wrong lint_csum(std::string_view text) {
    if (!all_digits(text)) return "character";
    auto sum = 0;
    for (auto i = std::size_t{0}; i < text.size(); ++i) sum += (text[text.size() - 1 - i] - '0') * (i % 2 == 1 ? 3 : 1);
    if (text.empty() || sum % 10 != 0) return "check_digit";
    return std::nullopt;
}

/// The check pair of a GMN: primes as weights, modulo 1021.
Wrong lint_csumalpha(std::string_view text) {
    constexpr std::string_view pair_symbols = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    if (text.size() < 2) return "length";
    if (text.size() > 99) return "length";
    if (auto wrong = only_of(cset82, text)) return wrong;
    auto const data = text.substr(0, text.size() - 2);
    auto sum = 0U;
    auto prime = 1U;
    for (auto i = data.size(); i-- > 0;) {
        auto is_prime = false;
        while (!is_prime) {
            ++prime;
            is_prime = true;
            for (auto d = 2U; d * d <= prime; ++d) is_prime = is_prime && prime % d != 0;
        }
        sum += prime * static_cast<unsigned>(cset82.find(data[i]));
    }
    sum %= 1021;
    if (text[text.size() - 2] != pair_symbols[sum >> 5U] || text.back() != pair_symbols[sum & 31U]) return "check_pair";
    return std::nullopt;
}

Wrong lint_date(std::string_view text, std::size_t year_digits, bool day_may_be_zero) {
    if (text.size() != year_digits + 4) return "length";
    if (!all_digits(text)) return "character";
    auto year = 0;
    for (auto const c : text.substr(0, year_digits)) year = year * 10 + (c - '0');
    if (year_digits == 2) year += 2000;
    auto const month = two(text.substr(year_digits));
    auto const day = two(text.substr(year_digits + 2));
    if (month < 1 || month > 12) return "month";
    auto const leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    constexpr std::array days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    auto const most = days[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
    if (day > most || (day == 0 && !day_may_be_zero)) return "day";
    return std::nullopt;
}

/// So many two-digit numbers, each below its bound.
Wrong lint_clock(std::string_view text, std::initializer_list<int> bounds) {
    if (text.size() != 2 * bounds.size()) return "length";
    if (!all_digits(text)) return "character";
    for (auto const bound : bounds) {
        if (two(text) >= bound) return "time";
        text.remove_prefix(2);
    }
    return std::nullopt;
}

Wrong lint_degrees(std::string_view text, std::string_view most) {
    if (text.size() != 10) return "length";
    if (!all_digits(text)) return "character";
    if (text > most) return "degrees";
    return std::nullopt;
}

Wrong lint_iban(std::string_view text) {
    if (text.size() <= 4) return "length";
    if (text.size() > 34) return "length";
    if (!std::ranges::all_of(text, [](char c) { return digit(c) || (c >= 'A' && c <= 'Z'); })) return "character";
    auto rest = 0;
    auto const turned = std::string{text.substr(4)} + std::string{text.substr(0, 4)};
    for (auto const c : turned)
        rest = digit(c) ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
    if (rest != 1) return "check_digit";
    return std::nullopt;
}

Wrong lint_pieces(std::string_view text) {
    if (text.empty() || text.size() % 2 != 0) return "length";
    if (!all_digits(text)) return "character";
    auto const piece = text.substr(0, text.size() / 2);
    auto const total = text.substr(text.size() / 2);
    if (piece.find_first_not_of('0') == std::string_view::npos || total.find_first_not_of('0') == std::string_view::npos) return "zero";
    if (piece > total) return "piece";
    return std::nullopt;
}

Wrong lint_position(std::string_view text) {
    auto const slash = text.find('/');
    if (slash == std::string_view::npos) return "syntax";
    auto const position = text.substr(0, slash);
    auto const end = text.substr(slash + 1);
    if (position.empty() || end.empty() || !all_digits(position) || !all_digits(end)) return "syntax";
    if (position[0] == '0' || end[0] == '0') return "zero";
    if (position.size() > end.size() || (position.size() == end.size() && position > end)) return "position";
    return std::nullopt;
}

Wrong lint_percent(std::string_view text) {
    auto const hex = [](char c) { return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
    for (auto i = std::size_t{0}; i < text.size(); ++i)
        if (text[i] == '%' && (i + 2 >= text.size() || !hex(text[i + 1]) || !hex(text[i + 2]))) return "percent";
    return std::nullopt;
}

/// A company prefix has at least four digits, from its first place on.
Wrong lint_prefix(std::string_view text, std::size_t from) {
    if (text.size() < from + 4) return "length";
    if (!all_digits(text.substr(from, 4))) return "prefix";
    return std::nullopt;
}

/// Is `text` one of the words of a list that stand apart by blanks.
Wrong listed(std::string_view list, std::string_view text) {
    for (auto at = list.find(text); !text.empty() && at != std::string_view::npos; at = list.find(text, at + 1)) {
        auto const begins = at == 0 || list[at - 1] == ' ';
        auto const ends = at + text.size() == list.size() || list[at + text.size()] == ' ';
        if (begins && ends && text.find(' ') == std::string_view::npos) return std::nullopt;
    }
    return "not_listed";
}

Wrong lint_media(std::string_view text) {
    if (text.size() != 2 || !all_digits(text)) return "not_listed";
    auto const n = two(text);
    if ((n >= 1 && n <= 10) || n >= 80) return std::nullopt;
    return "not_listed";
}

Wrong one_of(std::string_view symbols, std::string_view text) {
    if (text.size() != 1 || symbols.find(text[0]) == std::string_view::npos) return "not_listed";
    return std::nullopt;
}

using Lint = Wrong (*)(std::string_view);
std::map<std::string_view, Lint> const& lints() {
    static std::map<std::string_view, Lint> const all{
        {"csetnumeric", [](std::string_view t) -> Wrong { return all_digits(t) ? Wrong{} : "character"; }},
        {"cset82", [](std::string_view t) { return only_of(cset82, t); }},
        {"cset39", [](std::string_view t) { return only_of(cset39, t); }},
        {"cset64", lint_cset64},
        {"csum", lint_csum},
        {"csumalpha", lint_csumalpha},
        {"gcppos1", [](std::string_view t) { return lint_prefix(t, 0); }},
        {"gcppos2", [](std::string_view t) { return lint_prefix(t, 1); }},
        {"yymmdd", [](std::string_view t) { return lint_date(t, 2, false); }},
        {"yymmd0", [](std::string_view t) { return lint_date(t, 2, true); }},
        {"yyyymmdd", [](std::string_view t) { return lint_date(t, 4, false); }},
        {"yyyymmd0", [](std::string_view t) { return lint_date(t, 4, true); }},
        {"hh", [](std::string_view t) { return lint_clock(t, {24}); }},
        {"mi", [](std::string_view t) { return lint_clock(t, {60}); }},
        {"ss", [](std::string_view t) { return lint_clock(t, {60}); }},
        {"hhmi", [](std::string_view t) { return lint_clock(t, {24, 60}); }},
        {"iso3166", [](std::string_view t) { return listed(countries_numeric, t); }},
        {"iso3166999", [](std::string_view t) { return t == "999" ? Wrong{} : listed(countries_numeric, t); }},
        {"iso3166alpha2", [](std::string_view t) { return listed(countries_alpha2, t); }},
        {"iso4217", [](std::string_view t) { return listed(currencies, t); }},
        {"iso5218", [](std::string_view t) { return one_of("0129", t); }},
        {"iban", lint_iban},
        {"importeridx", [](std::string_view t) { return one_of("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz", t); }},
        {"latitude", [](std::string_view t) { return lint_degrees(t, "1800000000"); }},
        {"longitude", [](std::string_view t) { return lint_degrees(t, "3600000000"); }},
        {"mediatype", lint_media},
        {"hyphen", [](std::string_view t) { return only_of("-", t); }},
        {"hasnondigit", [](std::string_view t) -> Wrong { return all_digits(t) ? "character" : Wrong{}; }},
        {"nonzero", [](std::string_view t) -> Wrong { return !all_digits(t) ? "character" : t.find_first_not_of('0') == std::string_view::npos ? "zero" : Wrong{}; }},
        {"nozeroprefix", [](std::string_view t) -> Wrong { return !all_digits(t) ? "character" : t.starts_with('0') ? "zero" : Wrong{}; }},
        {"zero", [](std::string_view t) { return only_of("0", t); }},
        {"couponcode", lint_coupon},
        {"couponposoffer", lint_coupon_offer},
        {"packagetype", [](std::string_view t) { return listed(package_types, t); }},
        {"pcenc", lint_percent},
        {"pieceoftotal", lint_pieces},
        {"posinseqslash", lint_position},
        {"winding", [](std::string_view t) { return one_of("019", t); }},
        {"yesno", [](std::string_view t) { return one_of("01", t); }},
    };
    return all;
}

}  // namespace

bool knows_lint(std::string_view name) { return lints().contains(name); }

std::optional<std::string> lint(std::string_view name, std::string_view value) {
    auto const at = lints().find(name);
    auto const wrong = at == lints().end() ? Wrong{} : at->second(value);
    if (!wrong) return std::nullopt;
    return std::string{*wrong};
}

}  // namespace choso::marketplace::gs1
