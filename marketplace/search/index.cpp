#include "marketplace/search/index.hpp"

#include <algorithm>
#include <cmath>

namespace choso::marketplace {
namespace {

constexpr std::size_t forms_most = 200;
constexpr std::size_t words_of_name_most = 200;
constexpr std::size_t words_of_more_most = 80;

std::uint64_t pair_key(std::uint32_t a, std::uint32_t b) { return std::uint64_t{a} << 32U | b; }

bool is_ascii_letter(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

Index::TermId Index::known(std::string const& folded) const {
    auto const at = term_ids_.find(folded);
    return at == term_ids_.end() ? no_term : at->second;
}

Index::TermId Index::term_for(std::string const& folded) {
    auto const [at, is_new] = term_ids_.try_emplace(folded, static_cast<TermId>(terms_.size()));
    if (!is_new) return at->second;
    auto const id = at->second;
    terms_.push_back({folded, {}, {}, 0});
    sorted_.emplace(folded, id);
    // Numbers are not misspelt, they are other numbers.
    if (folded.size() >= 2 && folded.size() <= 24 && std::ranges::all_of(folded, is_ascii_letter))
        for (auto i = std::size_t{0}; i < folded.size(); ++i) {
            auto shorter = folded;
            shorter.erase(i, 1);
            auto& ids = by_deletion_[shorter];
            if (ids.empty() || ids.back() != id) ids.push_back(id);
        }
    return id;
}

std::uint16_t Index::form_of(Term& term, Word const& word) {
    auto const at = std::ranges::find(term.forms, word.accented, &Form::accented);
    if (at != term.forms.end()) {
        ++at->count;
        return static_cast<std::uint16_t>(at - term.forms.begin());
    }
    if (term.forms.size() >= forms_most) return static_cast<std::uint16_t>(forms_most - 1);
    term.forms.push_back({word.accented, word.shown, word.marked, 1});
    return static_cast<std::uint16_t>(term.forms.size() - 1);
}

std::uint32_t Index::pair_count(TermId a, TermId b) const {
    auto const at = pairs_.find(pair_key(a, b));
    return at == pairs_.end() ? 0 : at->second;
}

void Index::add_words(std::uint32_t place, std::string_view text, std::uint16_t& position, std::size_t most) {
    auto const in_name = position < first_of_facts;
    auto before = no_term;
    for (auto const& word : words_of(text)) {
        if (most-- == 0) break;
        auto const id = term_for(word.folded);
        auto& term = terms_[id];
        term.postings.push_back({place, position++, form_of(term, word)});
        if (!in_name) continue;
        ++term.in_names;
        ++name_words_;
        if (before != no_term) ++pairs_[pair_key(before, id)];
        before = id;
    }
    position += 8;
}

void Index::put(Document document, std::string_view more) {
    remove(document.id);
    auto const place = static_cast<std::uint32_t>(places_.size());
    by_id_.emplace(document.id.uuid(), place);
    auto position = std::uint16_t{0};
    add_words(place, document.name, position, words_of_name_most);
    auto standing = Standing{};
    standing.alive = true;
    auto const sold = std::min(20.0, 2 * std::log2(1.0 + static_cast<double>(std::max<std::int64_t>(0, document.sold))));
    standing.points = static_cast<std::uint16_t>(static_cast<int>(sold) + std::max(0, 60 - (position - 8)));
    standing.stars = static_cast<std::uint8_t>(document.stars);
    if (document.stars_until) standing.stars_until = static_cast<std::int32_t>(document.stars_until->time_since_epoch().count());
    position = first_of_facts;
    for (auto const* fact : {&document.category_name, &document.brand, &document.origin, &document.seller_name, &document.commune, &document.province})
        add_words(place, *fact, position, 20);
    for (auto i = std::size_t{0}; i < document.variants.size() && i < 20; ++i) add_words(place, document.variants[i].title, position, 10);
    position = first_of_more;
    add_words(place, more, position, words_of_more_most);
    places_.push_back({std::make_shared<Document const>(std::move(document)), std::string{more.substr(0, 1'000)}});
    standings_.push_back(standing);
}

void Index::remove(ProductId id) {
    auto const at = by_id_.find(id.uuid());
    if (at == by_id_.end()) return;
    places_[at->second] = {};
    standings_[at->second] = {};
    by_id_.erase(at);
    if (places_.size() > 1'000 && by_id_.size() < places_.size() - places_.size() / 4) lay_out_anew();
}

void Index::lay_out_anew() {
    auto fresh = Index{};
    for (auto& place : places_)
        if (place.document) fresh.put(*place.document, place.more);
    *this = std::move(fresh);
}

std::shared_ptr<Document const> Index::document(ProductId id) const {
    auto const at = by_id_.find(id.uuid());
    return at == by_id_.end() ? nullptr : places_[at->second].document;
}

namespace {

/// The form a word is mostly met in.
template <class Term>
std::string usual_form(Term const& term) {
    auto const at = std::ranges::max_element(term.forms, {}, [](auto const& form) { return form.count; });
    return at == term.forms.end() ? term.folded : at->shown;
}

}  // namespace

std::vector<std::string> Index::suggest(std::string_view typed, std::size_t most) const {
    auto words = words_of(typed);
    if (words.empty()) return {};
    auto const last_is_whole = typed.ends_with(' ');
    auto const stem = last_is_whole ? std::string{} : words.back().folded;
    auto const marked = !last_is_whole && words.back().marked;
    if (!last_is_whole) words.pop_back();
    auto const before = words.empty() ? no_term : known(words.back().folded);
    if (!words.empty() && before == no_term) return {};
    std::vector<std::pair<double, TermId>> ranked;
    auto looked_at = 0;
    for (auto at = sorted_.lower_bound(stem); at != sorted_.end() && at->first.starts_with(stem) && looked_at < 20'000; ++at, ++looked_at) {
        auto const& term = terms_[at->second];
        if (term.in_names == 0) continue;
        auto const follows = before == no_term ? term.in_names : pair_count(before, at->second);
        if (follows > 0) ranked.emplace_back(follows, at->second);
    }
    std::ranges::sort(ranked, std::greater{});
    auto start = std::string{};
    for (auto const& word : words) {
        auto const term = known(word.folded);
        start += (word.marked || term == no_term ? word.shown : usual_form(terms_[term])) + ' ';
    }
    std::vector<std::string> out;
    for (auto const& [score, id] : ranked) {
        if (out.size() == most) break;
        auto const& term = terms_[id];
        auto form = usual_form(term);
        if (marked && term.folded == stem) form = std::string{typed.substr(typed.find_last_of(' ') == std::string_view::npos ? 0 : typed.find_last_of(' ') + 1)};
        // The word that follows most often makes a phrase of a lone first word.
        auto text = start + form;
        if (std::ranges::find(out, text) == out.end()) out.push_back(std::move(text));
    }
    return out;
}

}  // namespace choso::marketplace
