#include "marketplace/search/search.hpp"

#include <algorithm>
#include <cmath>

namespace choso::marketplace {
namespace {

/// What a hit is worth, best first; within one, what follows in `score` decides.
enum Tier : std::int32_t {
    others = 0,             // not all words
    disagree_anywhere = 1,  // all words, but with other marks than typed
    disagree_name = 2,
    disagree_phrase = 3,
    agree_anywhere = 4,
    agree_name = 5,
    agree_phrase = 6,
};
constexpr std::int32_t tier_step = 1'000'000;

}  // namespace

Search::Search(Index const& index, Query const& query) : index_{index}, query_{query} {
    filters_ = !query.category_slug.empty() || query.seller || !query.commune.empty() || !query.province.empty() || query.stars_least > 0 ||
               query.price_least || query.price_most || !query.attributes.empty();
    today_ = static_cast<std::int32_t>(vietnam_day(query.at).time_since_epoch().count());
}

bool Search::passes(std::uint32_t place) const {
    if (!index_.standings_[place].alive) return false;
    if (!filters_) return true;
    auto const& document = index_.places_[place].document;
    auto const& q = query_;
    if (!q.category_slug.empty() && document->category_slug != q.category_slug) return false;
    if (q.seller && document->seller != *q.seller) return false;
    if (!q.commune.empty() && document->commune != q.commune) return false;
    if (!q.province.empty() && document->province != q.province) return false;
    if (q.stars_least > 0 && document->stars_on(vietnam_day(q.at)) < q.stars_least) return false;
    if (!q.price_least && !q.price_most && q.attributes.empty()) return true;
    // Price and every attribute of one and the same variant.
    return std::ranges::any_of(document->variants, [&](auto const& variant) {
        auto const price = Document::price_at(variant, q.at);
        if ((q.price_least && price < *q.price_least) || (q.price_most && price > *q.price_most)) return false;
        return std::ranges::all_of(q.attributes, [&](auto const& wanted) { return std::ranges::find(variant.attributes, wanted) != variant.attributes.end(); });
    });
}

/// What makes one of two equal hits the better one: stars, what was sold, a short name.
std::int32_t Search::standing(std::uint32_t place) const {
    auto const& it = index_.standings_[place];
    return (it.stars_until >= today_ ? 20 * it.stars : 0) + it.points;
}

template <class Take>
void Search::each_common(Reading const& reading, Take take) const {
    auto const n = reading.tokens.size();
    std::vector<Span> rest;
    auto rarest = std::size_t{0};
    for (auto i = std::size_t{0}; i < n; ++i) {
        if (reading.tokens[i].term == Index::no_term) return;
        auto const& postings = index_.terms_[reading.tokens[i].term].postings;
        rest.push_back({postings.data(), postings.data() + postings.size()});
        if (rest[i].end - rest[i].begin < rest[rarest].end - rest[rarest].begin) rarest = i;
    }
    std::vector<Span> here(n);
    while (rest[rarest].begin != rest[rarest].end) {
        auto const place = rest[rarest].begin->place;
        auto everywhere = true;
        for (auto i = std::size_t{0}; everywhere && i < n; ++i) {
            auto& span = rest[i];
            // Steps that double, then halves: the lists are of very different lengths.
            auto step = std::ptrdiff_t{1};
            auto* low = span.begin;
            while (low + step < span.end && low[step].place < place) { low += step; step *= 2; }
            span.begin = std::lower_bound(low, std::min(low + step + 1, span.end), place, [](Posting const& p, std::uint32_t v) { return p.place < v; });
            if (span.begin == span.end) {
                if (i != rarest) return;
                everywhere = false;
            } else {
                everywhere = span.begin->place == place;
            }
            auto* end = span.begin;
            while (end != span.end && end->place == place) ++end;
            here[i] = {span.begin, end};
        }
        if (everywhere && !take(place, here)) return;
        while (rest[rarest].begin != rest[rarest].end && rest[rarest].begin->place == place) ++rest[rarest].begin;
    }
}

namespace {

enum class Agreement { yes, open, no };

}  // namespace

std::int32_t Search::score(Reading const& reading, std::vector<Span> const& spans, std::uint32_t place) const {
    auto const n = spans.size();
    auto const agreement = [&](std::size_t i, Posting const& posting) {
        if (!reading.marked) return Agreement::yes;
        auto const& word = reading.tokens[i].word;
        auto const& form = index_.terms_[reading.tokens[i].term].forms[posting.form];
        if (form.accented == word.accented) return Agreement::yes;
        return word.marked && form.marked ? Agreement::no : Agreement::open;
    };
    // Each word by itself: the best it does, and whether it does it in the name.
    auto disagrees = false;
    auto in_name = true;
    auto agreeing = 0;
    for (auto i = std::size_t{0}; i < n; ++i) {
        auto best = Agreement::no;
        auto named = false;
        for (auto const* p = spans[i].begin; p != spans[i].end; ++p) {
            best = std::min(best, agreement(i, *p));
            named = named || p->position < Index::first_of_facts;
        }
        disagrees = disagrees || best == Agreement::no;
        in_name = in_name && named;
        agreeing += best == Agreement::yes ? 1 : 0;
    }
    // The words behind one another in the name.
    auto phrase = -1;
    auto phrase_at = 0;
    auto phrase_disagrees = true;
    for (auto const* first = spans[0].begin; first != spans[0].end && first->position < Index::first_of_facts; ++first) {
        auto yes = 0;
        auto no = false;
        auto whole = true;
        for (auto i = std::size_t{0}; whole && i < n; ++i) {
            auto const* at = std::lower_bound(spans[i].begin, spans[i].end, first->position + i, [](Posting const& p, std::size_t v) { return p.position < v; });
            whole = at != spans[i].end && at->position == first->position + i;
            if (!whole) break;
            auto const how = agreement(i, *at);
            yes += how == Agreement::yes ? 1 : 0;
            no = no || how == Agreement::no;
        }
        if (!whole) continue;
        if (phrase < 0 || (phrase_disagrees && !no) || (phrase_disagrees == no && yes > phrase)) {
            phrase = yes;
            phrase_at = first->position;
            phrase_disagrees = no;
        }
    }
    auto tier = Tier::others;
    if (phrase >= 0 && !phrase_disagrees) tier = Tier::agree_phrase;
    else if (!disagrees) tier = in_name ? Tier::agree_name : Tier::agree_anywhere;
    else if (phrase >= 0) tier = Tier::disagree_phrase;
    else tier = in_name ? Tier::disagree_name : Tier::disagree_anywhere;
    auto const by_words = 20'000 * (phrase >= 0 ? phrase : agreeing);
    auto const early = phrase == 0 ? 0 : phrase > 0 && phrase_at == 0 ? 300 : phrase > 0 ? std::max(0, 100 - 10 * phrase_at) : 0;
    return tier * tier_step + by_words + early + standing(place) - reading.worse * 2 * tier_step;
}

std::vector<Search::Hit> Search::all_words(Reading const& reading, Seen const* seen) const {
    std::vector<Hit> out;
    if (reading.tokens.empty()) return out;
    each_common(reading, [&](std::uint32_t place, std::vector<Span> const& spans) {
        if ((seen == nullptr || !(*seen)[place]) && passes(place)) out.push_back({score(reading, spans, place), place});
        return true;
    });
    return out;
}

std::vector<Search::Hit> Search::all_but_one(Reading const& reading, Seen const& seen) const {
    std::vector<Hit> out;
    auto taken = seen;
    if (reading.tokens.size() < 2) return out;
    for (auto left_out = std::size_t{0}; left_out < reading.tokens.size(); ++left_out) {
        auto fewer = reading;
        fewer.tokens.erase(fewer.tokens.begin() + static_cast<std::ptrdiff_t>(left_out));
        each_common(fewer, [&](std::uint32_t place, std::vector<Span> const& spans) {
            if (passes(place) && !taken[place]) {
                taken[place] = true;
                out.push_back({score(fewer, spans, place) - 20 * tier_step, place});
            }
            return out.size() < 5'000;
        });
    }
    return out;
}

std::vector<Search::Hit> Search::everything() const {
    std::vector<Hit> out;
    out.reserve(index_.by_id_.size());
    for (auto place = std::uint32_t{0}; place < index_.places_.size(); ++place)
        if (passes(place)) out.push_back({standing(place), place});
    return out;
}

std::size_t Search::together(Reading const& reading, std::size_t enough) const {
    auto n = std::size_t{0};
    if (reading.tokens.empty()) return n;
    each_common(reading, [&](std::uint32_t place, std::vector<Span> const&) {
        n += index_.standings_[place].alive ? 1 : 0;
        return n < enough;
    });
    return n;
}

std::size_t Search::phrases(Reading const& reading, std::size_t enough) const {
    auto n = std::size_t{0};
    if (reading.tokens.empty()) return n;
    each_common(reading, [&](std::uint32_t place, std::vector<Span> const& spans) {
        if (!index_.standings_[place].alive) return true;
        for (auto const* first = spans[0].begin; first != spans[0].end && first->position < Index::first_of_facts; ++first) {
            auto whole = true;
            for (auto i = std::size_t{1}; whole && i < spans.size(); ++i)
                whole = std::any_of(spans[i].begin, spans[i].end, [&](Posting const& p) { return p.position == first->position + i; });
            if (!whole) continue;
            ++n;
            break;
        }
        return n < enough;
    });
    return n;
}

namespace {

std::vector<FacetValue> sorted_facet(std::map<std::string, FacetValue> counted, std::size_t most) {
    std::vector<FacetValue> out;
    for (auto& [key, value] : counted) out.push_back(std::move(value));
    std::ranges::stable_sort(out, [](auto const& a, auto const& b) { return a.count > b.count; });
    if (out.size() > most) out.resize(most);
    return out;
}

void count(std::map<std::string, FacetValue>& into, std::string const& value, std::string const& shown) {
    if (value.empty()) return;
    auto& it = into[value];
    if (it.count++ == 0) { it.value = value; it.shown = shown; }
}

/// Facets of the first of the hits: exact up to that many, and nobody reads a sidebar of more.
constexpr std::size_t faceted_most = 20'000;

template <class Documents>
void count_facets(Found& found, Documents const& documents, Instant at) {
    std::map<std::string, FacetValue> categories, provinces, communes, stars;
    std::map<std::string, std::map<std::string, FacetValue>> attributes;
    auto const day = vietnam_day(at);
    for (auto const* document : documents) {
        count(categories, document->category_slug, document->category_name);
        count(provinces, document->province, document->province);
        count(communes, document->commune, document->commune);
        if (auto const n = document->stars_on(day); n > 0) count(stars, std::to_string(n), std::to_string(n) + " sao");
        std::set<std::pair<std::string, std::string>> own;
        for (auto const& variant : document->variants) own.insert(variant.attributes.begin(), variant.attributes.end());
        for (auto const& [name, value] : own) count(attributes[name], value, value);
    }
    found.categories = sorted_facet(std::move(categories), 30);
    found.provinces = sorted_facet(std::move(provinces), 10);
    found.communes = sorted_facet(std::move(communes), 30);
    found.stars = sorted_facet(std::move(stars), 3);
    for (auto& [name, values] : attributes)
        if (found.attributes.size() < 8) found.attributes[name] = sorted_facet(std::move(values), 20);
}

/// The words of a reading as the best hit spells them.
std::string as_spelt_in(std::string_view name, Reading const& reading) {
    auto const there = words_of(name);
    std::string out;
    for (auto const& token : reading.tokens) {
        auto const at = std::ranges::find(there, token.word.folded, &Word::folded);
        if (!out.empty()) out += ' ';
        out += at == there.end() ? token.word.shown : at->shown;
    }
    return out;
}

}  // namespace

Found Index::find(Query const& query) const {
    auto const search = Search{*this, query};
    auto const readings = Readings{*this};
    auto found = Found{};
    std::vector<Search::Hit> hits;
    auto seen = Search::Seen(places_.size());
    auto const take = [&](std::vector<Search::Hit> more) {
        for (auto const& hit : more) seen[hit.place] = true;
        hits.insert(hits.end(), more.begin(), more.end());
    };
    auto meant = Reading{};
    auto is_other = false;   // `meant` is not what was typed
    if (words_of(query.text).empty()) {
        if (!query.text.empty()) return found;   // marks and blanks alone: nothing is so called
        hits = search.everything();
    } else {
        auto const typed = readings.typed(query.text);
        hits = search.all_words(typed, nullptr);
        meant = typed;
        auto const also = [&](std::vector<Reading> const& others) {
            if (!others.empty())
                for (auto const& hit : hits) seen[hit.place] = true;
            for (auto const& other : others) take(search.all_words(other, &seen));
        };
        also(readings.synonyms(typed));
        // Found too little by any name of it: perhaps it was meant otherwise.
        if (hits.size() < 3)
            if (auto corrected = readings.corrected(typed, search)) {
                is_other = true;
                meant = std::move(*corrected);
                also({meant});
                also(readings.synonyms(meant));
            }
        if (hits.size() < 3) {
            for (auto const& hit : hits) seen[hit.place] = true;
            take(search.all_but_one(meant, seen));
        }
    }
    found.total = hits.size();
    auto const first = std::min(query.offset, hits.size());
    auto const last = std::min(first + query.limit, hits.size());
    auto const place_of = [&](Search::Hit const& hit) -> Place const& { return places_[hit.place]; };
    auto const before = [&](Search::Hit const& a, Search::Hit const& b) {
        switch (query.order) {
            case Query::Order::best: break;
            case Query::Order::newest: return place_of(a).document->created_at > place_of(b).document->created_at;
            case Query::Order::cheapest: return place_of(a).document->price_at(query.at) < place_of(b).document->price_at(query.at);
            case Query::Order::dearest: return place_of(a).document->price_at(query.at) > place_of(b).document->price_at(query.at);
        }
        return a.score != b.score ? a.score > b.score : a.place < b.place;
    };
    if (last > 0) std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(last), hits.end(), before);
    for (auto i = first; i < last; ++i) found.rows.push_back(place_of(hits[i]).document);
    // Only marks differ, in all that was found: the spelling of the best hit is offered.
    auto const only_disagreeing = !is_other && meant.marked && first == 0 && !found.rows.empty() && hits.front().score < Tier::agree_anywhere * tier_step &&
                                  hits.front().score >= Tier::disagree_anywhere * tier_step;
    if ((is_other || only_disagreeing) && !found.rows.empty()) found.did_you_mean = as_spelt_in(found.rows.front()->name, meant);
    if (query.facets) {
        std::vector<Document const*> documents;
        for (auto i = std::size_t{0}; i < std::min(hits.size(), faceted_most); ++i) documents.push_back(place_of(hits[i]).document.get());
        count_facets(found, documents, query.at);
    }
    return found;
}

}  // namespace choso::marketplace
