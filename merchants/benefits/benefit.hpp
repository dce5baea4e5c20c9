#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/payments/types.hpp"

namespace choso {

struct BenefitListTag { static constexpr std::string_view prefix = "bl"; };
struct BenefitItemTag { static constexpr std::string_view prefix = "bi"; };
using BenefitListId = Id<BenefitListTag>;
using BenefitItemId = Id<BenefitItemTag>;

}  // namespace choso

namespace choso::benefits {

enum class ListStatus { checked, rejected, approved, handed_over, closed };
enum class Way { transfer, cash };
[[nodiscard]] std::string_view word(ListStatus status);
[[nodiscard]] std::string_view word(Way way);
[[nodiscard]] std::optional<ListStatus> list_status_of(std::string_view word);
[[nodiscard]] std::optional<Way> way_of(std::string_view word);

/// A row of the office's file, checked by itself.
struct ListRow {
    int position = 0;       ///< its line in the file
    std::string code;       ///< the office's number of the person
    std::string name;
    Money amount;
    Way way = Way::transfer;
    std::string bin, account;
    std::string problem;    ///< a word of `problem_words`; empty: it can be paid
    std::string warning;    ///< what whoever approves should look at
};

/// A person's line on a list.
struct Item {
    BenefitItemId id;
    BenefitListId list;
    ProgrammeId programme;
    std::string period, code;
    int position = 0;
    int round = 0;          ///< how often the person was listed for this period before
    Money amount;
    Way way = Way::transfer;
    std::string problem, warning;
    std::optional<PayoutId> payout;
    std::optional<bool> cash_paid;
};

struct List {
    BenefitListId id;
    ProgrammeId programme;
    MerchantId merchant;
    AccountId account;      ///< it is paid from
    std::string period;     ///< `YYYY-MM`
    std::string file_name;
    std::string file_hash;  ///< SHA-256
    int rows_all = 0, rows_good = 0;
    Money amount;           ///< by transfer
    Money cash_amount;
    ListStatus status = ListStatus::checked;
    int next = 1;           ///< the position to be handed over next
    bool live = false;      ///< its payouts' codes are real ones, not a test's
    payments::Actor maker;
    std::optional<payments::Actor> approver;
    Instant created_at;
    std::optional<Instant> decided_at;
};

/// Why a line is not paid, or should be looked at: a stable word, and the sentence an office reads.
struct Words {
    std::string_view word, vi, en;
};
[[nodiscard]] Words const& words_of(std::string_view problem_or_warning);

}  // namespace choso::benefits
