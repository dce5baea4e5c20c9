#pragma once
#include <span>
#include <string>
#include <string_view>

#include "simulator/book.hpp"
#include "simulator/dice.hpp"

/// How the banks write a transfer's content on the payee's account: each in its own way, with what it puts before and
/// behind, what it loses and where it cuts. Seen on some 300,000 published statement rows.
namespace choso::bank {

/// One transfer on its way: what the payer's app was given, who sends, who receives, when.
struct Leg {
    std::string content;
    Party from;
    Party to;
    Instant at;
    std::string reference = {};  ///< the bank's own number, which some write into the content too
};

/// One payer's bank or wallet.
struct PayerBank {
    std::string_view bin;   ///< as a transfer names it
    std::string_view name;  ///< as a page names it
    std::string (*write)(Leg const& leg, Dice& dice);
    std::string (*reference)(Leg const& leg, Dice& dice);  ///< the bank's own number for the transfer
};
/// Every payer's bank the simulator knows how to mangle as.
[[nodiscard]] std::span<PayerBank const> payer_banks();
/// By BIN; the last one, which stands for every other bank, if there is none.
[[nodiscard]] PayerBank const& payer_bank(std::string_view bin);

// The ways, one bank each.
[[nodiscard]] std::string from_vietcombank(Leg const& leg, Dice& dice);
[[nodiscard]] std::string from_techcombank(Leg const& leg, Dice& dice);
[[nodiscard]] std::string from_acb(Leg const& leg, Dice& dice);
[[nodiscard]] std::string from_agribank(Leg const& leg, Dice& dice);
[[nodiscard]] std::string from_vietinbank(Leg const& leg, Dice& dice);
[[nodiscard]] std::string from_tpbank(Leg const& leg, Dice& dice);
[[nodiscard]] std::string from_sacombank(Leg const& leg, Dice& dice);
[[nodiscard]] std::string from_bidv(Leg const& leg, Dice& dice);
[[nodiscard]] std::string from_mb(Leg const& leg, Dice& dice);
[[nodiscard]] std::string from_momo(Leg const& leg, Dice& dice);
[[nodiscard]] std::string from_zalopay(Leg const& leg, Dice& dice);
[[nodiscard]] std::string from_napas(Leg const& leg, Dice& dice);

/// What people and phones do to a content before any bank sees it.
enum class Damage { lower_case, blanks, line_break, telex, doubled, glued, punctuation };
[[nodiscard]] std::string damaged(std::string content, Damage damage);
/// One symbol of the code in `content` replaced by another of the alphabet, so that the checksum fails.
[[nodiscard]] std::string with_one_symbol_wrong(std::string content, Dice& dice);

}  // namespace choso::bank
