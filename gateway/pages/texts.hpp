#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

#include "gateway/pages/language.hpp"

/// Every text of the payer's pages, in both languages, in one table (texts.cpp). A key without a row does not compile.
namespace choso::pages {

enum class Text {
    site, other_language, test_banner,
    title_pay, title_sorry, pay_to, registered, on_behalf_of, shared_among, fee, amount_chosen, amount_asked, amount_left, of_total, about,
    pay_by, time_left, left_minutes, left_seconds, reference, lookup_number, watching, watching_changes, watching_plain,
    qr_title, no_code, scan_hint,
    open_app, open_app_hint, save_picture, save_picture_hint, picture_help, picture_alt,
    by_hand, bank, account_number, account_holder, amount, note, note_hint, copy, copied,
    by_relative, by_relative_hint, share, share_title, link, link_copied,
    back_to_seller, refunds, refund_proposed_word, refund_approved_word, refund_submitted_word, refund_succeeded_word,
    refund_failed_word, refund_unknown_word,
    none_so_far, some_so_far, pay_rest, why_cancelled, why_late, why_returned,
    waiting, waiting_next, time_passed, time_passed_next,
    part, part_money, part_next, paid, paid_any, paid_money, paid_next,
    over, over_money, over_next, twice, twice_money, twice_next,
    late_held, late_held_money, late_held_next, late_accepted, late_accepted_money, late_accepted_next,
    expired, expired_money, expired_next, expired_part, expired_part_money, expired_part_next,
    cancelled, cancelled_money, cancelled_next, not_needed, not_needed_next,
    refund_proposed, refund_proposed_money, refund_proposed_next, refund_approved, refund_approved_money, refund_approved_next,
    refund_sent, refund_sent_money, refund_sent_next, refund_in_doubt, refund_in_doubt_money, refund_in_doubt_next,
    refund_done, refund_done_money, refund_done_next, refund_failed, refund_failed_money, refund_failed_next,
    reversed, reversed_next, reversed_ended_next,
    unavailable, unavailable_money, unavailable_next, not_found, not_found_money, not_found_next,
    end_of_texts,
};

[[nodiscard]] std::string_view text(Language language, Text key);

/// What stands for a `{name}` of a text.
struct Fill {
    std::string_view name;
    std::string value;
};
using Fills = std::initializer_list<Fill>;
/// The text with its `{name}`s filled; one that nobody fills is our bug.
[[nodiscard]] std::string filled(Language language, Text key, Fills fills);
[[nodiscard]] std::string filled(std::string_view pattern, Fill const* fills, std::size_t count);

}  // namespace choso::pages
