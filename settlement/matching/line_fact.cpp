#include "settlement/matching/line_fact.hpp"

#include <algorithm>
#include <cstring>

#include "base/vietnamese.hpp"
#include "merchants/credit_texts.hpp"

namespace choso::matching {
namespace {

constexpr std::size_t reference_max = 120;
constexpr std::size_t text_max = 4'000;

/// Cut at a character's border; no control characters, which no text column takes.
void bound(std::string& text, std::size_t bytes_max) {
    for (auto& c : text)
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F) c = ' ';
    if (text.size() <= bytes_max) return;
    auto end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
}

Uuid key_of(std::string_view told) {
    auto const* bytes = reinterpret_cast<std::uint8_t const*>(told.data());
    auto out = Uuid{};
    for (auto half = std::uint64_t{0}; half < 2; ++half) {
        auto const word = siphash(0x7374'6174'656d'656eULL, half, {bytes, told.size()});
        std::memcpy(out.data() + half * 8, &word, 8);
    }
    return out;
}

}  // namespace

std::optional<LineFact> LineFacts::fact_of(statements::Line&& line) {
    auto const amount = line.amount.dong();
    auto const day = line.booked ? line.booked : line.value;
    if (!amount || !day) return std::nullopt;
    auto out = LineFact{};
    out.amount = *amount;
    out.day = *day;
    out.at = Instant{*day} - vietnam_offset + line.time.value_or(std::chrono::seconds{0});
    out.place = line.place;
    out.reversal = line.reversal;
    out.pending = line.pending;
    out.bank_ref = std::move(line.bank_reference);
    out.reference = std::move(line.reference);
    out.content = std::move(line.content);
    out.spaced = std::move(line.spaced);
    out.other_texts = std::move(line.other_texts);
    out.other = std::move(line.counterparty);
    for (auto* text : {&out.bank_ref, &out.reference, &out.other.name, &out.other.account, &out.other.bank}) bound(*text, reference_max);
    for (auto* text : {&out.content, &out.spaced, &out.other_texts}) bound(*text, text_max);
    out.content_hash = merchants::content_hash(out.content);
    auto told = statements::text(*day) + '|' + out.bank_ref + '|' + std::to_string(amount->dong()) + '|' + std::to_string(out.content_hash);
    out.key = key_of(told);
    if (auto const before = equals_[out.key]++; before > 0) out.key = key_of(told + '|' + std::to_string(before));
    for (auto const* text : {&out.content, &out.other_texts}) {
        if (out.exact || text->empty()) continue;
        auto const found = candidates(*text);
        if (!found.empty() && found.front().how == How::exact) out.exact = found.front().reference;
    }
    return out;
}

}  // namespace choso::matching
