#pragma once
#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace choso::testing {

using Random = std::mt19937_64;

inline std::size_t below(Random& random, std::size_t n) { return static_cast<std::size_t>(random() % n); }

inline std::string digits(Random& random, std::size_t count) {
    std::string out;
    for (auto i = std::size_t{0}; i < count; ++i) out += static_cast<char>('0' + below(random, 10));
    return out;
}

inline std::string person(Random& random) {
    constexpr std::array<std::string_view, 10> family{"NGUYEN", "TRAN", "LE", "PHAM", "HOANG", "VU", "DANG", "BUI", "KHUC", "KIEU"};
    constexpr std::array<std::string_view, 8> middle{"VAN", "THI", "KHANH", "DUC", "XUAN", "NGOC", "THI KIM", "MINH"};
    constexpr std::array<std::string_view, 10> given{"AN", "BINH", "CHI", "KHOI", "LAM", "NGAN", "PHUC", "QUYEN", "XUYEN", "YEN"};
    return std::string{family[below(random, family.size())]} + ' ' + std::string{middle[below(random, middle.size())]} + ' ' +
           std::string{given[below(random, given.size())]};
}

/// What a payer writes; `code` where he put it, or nothing.
inline std::string memo(Random& random, std::string_view code) {
    constexpr std::array<std::string_view, 8> words{"thanh toan don hang", "tien rau", "chuyen tien", "nop hoc phi ky 2",
                                                    "mua 2 kg xoai",       "CK tien hang", "", "tra tien khach san K12"};
    auto const before = words[below(random, words.size())];
    auto const after = words[below(random, words.size())];
    auto out = std::string{before};
    if (!out.empty() && !code.empty()) out += ' ';
    out += code;
    if (!after.empty()) out += ' ';
    return out += after;
}

/// A transfer content in one of the shapes that Vietnamese banks and wallets make of a payer's memo. All names and
/// numbers are invented.
inline std::string wrapped(Random& random, std::string_view memo) {
    auto const text = std::string{memo};
    switch (below(random, 12)) {
        case 0: return "MBVCB." + digits(random, 10) + "." + text + ".CT tu " + digits(random, 10) + " " + person(random) + " toi " +
                       digits(random, 13) + " " + person(random);
        case 1: return "MBVCB." + digits(random, 10) + "." + digits(random, 6) + "." + text + ".CT tu " + digits(random, 10) + " " +
                       person(random) + " toi " + digits(random, 13) + " " + person(random) + " tai AGRIBANK";
        case 2: return text + " FT26" + digits(random, 12);
        case 3: return text + "-211126-14:02:37 " + digits(random, 6);
        case 4: return "Vietcombank:" + digits(random, 13) + ":" + text;
        case 5: return "CT nhanh 247 den:\n" + text + " (CT1111)";
        case 6: return text + " (by TPBank ChatPay)";
        case 7: return "IBFT " + text;
        case 8: return "PARTNER.DIRECT_DEBITS_VCB.MSE." + digits(random, 11) + ".20261121." + digits(random, 11) + "-09" +
                       digits(random, 8) + "_" + text;
        case 9: return digits(random, 12) + "-" + text + "-CHUYEN TIEN-OQCH" + digits(random, 8) + "-MOMO" + digits(random, 12) + "MOMO";
        case 10: return "MB(" + digits(random, 6) + ")(" + text + ")";
        default: return "TKThe :" + digits(random, 11) + ", tai Vietcombank. " + text + " -CTLNHIDI" + digits(random, 15) + "-1/1-CRE-002";
    }
}

}  // namespace choso::testing
