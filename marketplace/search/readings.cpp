#include <algorithm>
#include <array>
#include <cmath>

#include "marketplace/search/letters.hpp"
#include "marketplace/search/search.hpp"

namespace choso::marketplace {
namespace {

/// Damerau–Levenshtein (adjacent letters may swap) at most 1.
bool within_one(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1) return false;
    auto i = std::size_t{0};
    while (i < a.size() && a[i] == b[i]) ++i;
    if (i == a.size()) return true;
    if (a.size() != b.size()) return a.substr(i) == b.substr(i + 1);
    if (a.substr(i + 1) == b.substr(i + 1)) return true;
    return i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] && a.substr(i + 2) == b.substr(i + 2);
}

/// Other words for the same; either stands for the other. A sense that only one kind of goods has is for the ranking to find:
/// what was typed always comes first.
struct Pair {
    std::string_view a, b;
};
constexpr auto same = std::to_array<Pair>({
    {"chè", "trà"}, {"lợn", "heo"}, {"ngô", "bắp"}, {"lạc", "đậu phộng"}, {"dứa", "thơm"}, {"dứa", "khóm"}, {"htx", "hợp tác xã"},
    {"tn", "thái nguyên"}, {"bg", "bắc giang"}, {"bn", "bắc ninh"}, {"miến", "miến dong"}, {"vải", "vải thiều"}, {"sắn", "khoai mì"},
    {"vừng", "mè"}, {"na", "mãng cầu"}, {"roi", "mận"}, {"bánh đa", "bánh tráng"}, {"giò lụa", "chả lụa"}, {"xì dầu", "nước tương"},
    {"đậu hũ", "đậu phụ"}, {"củ đậu", "củ sắn"}, {"bột ngọt", "mì chính"}, {"hạt nêm", "bột nêm"}, {"rượu nếp", "cơm rượu"},
    {"nấm hương", "nấm đông cô"}, {"quả", "trái"}, {"bông", "hoa"}, {"muỗng", "thìa"}, {"chén", "bát"}, {"dầu gội", "gội đầu"},
});

}  // namespace

Reading Readings::of_words(std::vector<Word> words) const {
    auto out = Reading{};
    if (words.size() > 16) words.resize(16);
    for (auto& word : words) {
        out.marked = out.marked || word.marked;
        auto const term = index_.known(word.folded);
        out.all_known = out.all_known && term != Index::no_term;
        out.tokens.push_back({std::move(word), term});
    }
    return out;
}

Reading Readings::typed(std::string_view text) const {
    struct Part {
        std::string_view raw;
        std::string decoded;
        bool is_known = false;
        std::uint64_t often = 0, decoded_often = 0;
    };
    std::vector<Part> parts;
    auto some_decoded = false;
    auto const often = [&](std::vector<Word> const& words, bool by_form) {
        auto least = std::uint64_t{0};
        for (auto i = std::size_t{0}; i < words.size(); ++i) {
            auto const term = index_.known(words[i].folded);
            if (term == Index::no_term) return std::uint64_t{0};
            auto n = std::uint64_t{index_.terms_[term].postings.size()};
            if (by_form) {
                auto const& forms = index_.terms_[term].forms;
                auto const at = std::ranges::find(forms, words[i].accented, &Index::Form::accented);
                n = at == forms.end() ? 0 : at->count;
            }
            least = i == 0 ? n : std::min(least, n);
        }
        return least;
    };
    for (auto rest = text; !rest.empty() && parts.size() < 16;) {
        auto const start = rest.find_first_not_of(" \t\r\n");
        if (start == std::string_view::npos) break;
        rest.remove_prefix(start);
        auto const raw = rest.substr(0, std::min(rest.find_first_of(" \t\r\n"), rest.size()));
        rest.remove_prefix(raw.size());
        auto part = Part{raw, from_telex(raw)};
        if (part.decoded.empty()) part.decoded = from_vni(raw);
        part.often = often(words_of(raw), false);
        part.is_known = part.often > 0;
        if (!part.decoded.empty()) part.decoded_often = often(words_of(part.decoded), true);
        some_decoded = some_decoded || (!part.is_known && part.decoded_often > 0);
        parts.push_back(std::move(part));
    }
    if (!some_decoded) return of_words(words_of(text));
    // Who typed one word so typed all so: a word that means something both ways is taken for the likelier.
    std::string meant;
    for (auto const& part : parts) {
        if (!meant.empty()) meant += ' ';
        auto const decoded = part.decoded_often > 0 && (!part.is_known || part.decoded_often >= part.often);
        meant += decoded ? std::string_view{part.decoded} : part.raw;
    }
    return of_words(words_of(meant));
}

double Readings::weight(TermId before, TermId term) const {
    auto const total = static_cast<double>(index_.name_words_ + 1);
    auto const alone = (static_cast<double>(index_.terms_[term].in_names) + 0.01) / total;
    if (before == Index::no_term) return std::log(alone);
    auto const pair = static_cast<double>(index_.pair_count(before, term));
    return std::log(0.8 * pair / (static_cast<double>(index_.terms_[before].in_names) + 1.0) + 0.2 * alone);
}

/// Ways to cut a joined word into known ones, the likeliest first: each the lengths of its parts.
std::vector<std::vector<std::size_t>> Readings::cuts_of(std::string const& folded) const {
    struct State {
        double weight;
        TermId last;
        std::vector<std::size_t> lengths;
    };
    constexpr std::size_t kept = 6;
    constexpr std::size_t part_most = 12;
    std::vector<std::vector<State>> at(folded.size() + 1);
    at[0].push_back({0.0, Index::no_term, {}});
    for (auto begin = std::size_t{0}; begin < folded.size(); ++begin) {
        if (at[begin].empty()) continue;
        for (auto length = std::size_t{1}; length <= part_most && begin + length <= folded.size(); ++length) {
            if (begin == 0 && length == folded.size()) continue;
            auto const term = index_.known(folded.substr(begin, length));
            if (term == Index::no_term || index_.terms_[term].in_names == 0) continue;
            for (auto const& state : at[begin]) {
                auto next = State{state.weight + weight(state.last, term), term, state.lengths};
                next.lengths.push_back(length);
                at[begin + length].push_back(std::move(next));
            }
        }
        for (auto end = begin + 1; end <= std::min(begin + part_most, folded.size()); ++end) {
            auto& states = at[end];
            std::ranges::sort(states, std::greater{}, &State::weight);
            // Several ways to the same last word differ only in what lies behind: a few of all are enough.
            if (states.size() > 4 * kept) states.resize(4 * kept);
        }
    }
    std::vector<std::vector<std::size_t>> out;
    for (auto& state : at.back())
        if (out.size() < kept) out.push_back(std::move(state.lengths));
    return out;
}

namespace {

/// The word with blanks at the cuts. Letters are counted in its shown form, where each is one.
std::string cut(std::string_view shown, std::vector<std::size_t> const& lengths) {
    std::string out;
    auto part = std::size_t{0};
    auto left = lengths.empty() ? 0 : lengths[0];
    for (auto const letter : letters_of(shown)) {
        if (left == 0 && part + 1 < lengths.size()) {
            out += ' ';
            left = lengths[++part];
        }
        append(out, letter);
        --left;
    }
    return out;
}

}  // namespace

std::optional<Reading> Readings::parted(Reading const& typed, Search const& search) const {
    auto longest = typed.tokens.end();
    for (auto at = typed.tokens.begin(); at != typed.tokens.end(); ++at) {
        auto const& folded = at->word.folded;
        if (folded.size() < 4 || folded.size() > 40 || letters_of(at->word.shown).size() != folded.size()) continue;
        if (longest == typed.tokens.end() || (longest->term != Index::no_term && at->term == Index::no_term) ||
            ((longest->term == Index::no_term) == (at->term == Index::no_term) && folded.size() > longest->word.folded.size()))
            longest = at;
    }
    if (longest == typed.tokens.end()) return std::nullopt;
    auto best = std::optional<Reading>{};
    auto best_found = std::size_t{0};
    for (auto const& lengths : cuts_of(longest->word.folded)) {
        auto words = std::vector<Word>{};
        for (auto at = typed.tokens.begin(); at != typed.tokens.end(); ++at) {
            if (at != longest) { words.push_back(at->word); continue; }
            for (auto& word : words_of(cut(at->word.shown, lengths))) words.push_back(std::move(word));
        }
        auto reading = of_words(std::move(words));
        if (!reading.all_known) continue;
        auto const found = search.phrases(reading, 50);
        // The likeliest cut that is found at all; another only if it is found far more often.
        if (found > 0 && (!best || found > 10 * best_found)) { best = std::move(reading); best_found = found; }
    }
    if (!best && typed.tokens.size() == 1)
        for (auto const& lengths : cuts_of(longest->word.folded)) {
            auto reading = of_words(words_of(cut(longest->word.shown, lengths)));
            if (reading.all_known && search.together(reading, 1) > 0) return reading;
        }
    return best;
}

std::vector<Readings::TermId> Readings::near(std::string const& folded) const {
    std::vector<TermId> out;
    auto const take = [&](TermId id) {
        auto const& term = index_.terms_[id];
        if (term.in_names > 0 && term.folded != folded && within_one(term.folded, folded)) out.push_back(id);
    };
    auto const under = [&](std::string const& key) {
        if (auto const at = index_.by_deletion_.find(key); at != index_.by_deletion_.end())
            for (auto const id : at->second) take(id);
    };
    under(folded);   // a letter is missing
    for (auto i = std::size_t{0}; i < folded.size(); ++i) {
        auto shorter = folded;
        shorter.erase(i, 1);
        if (auto const id = index_.known(shorter); id != Index::no_term) take(id);   // one too many
        under(shorter);                                                             // another, or two swapped
    }
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::optional<Reading> Readings::spelt(Reading const& typed, Search const& search) const {
    struct Candidate {
        double weight;
        std::size_t at;
        TermId term;
    };
    auto const n = typed.tokens.size();
    auto const unknown = static_cast<std::size_t>(std::ranges::count(typed.tokens, Index::no_term, &Reading::Token::term));
    if (unknown > 1 || n > 8) return std::nullopt;
    std::vector<Candidate> candidates;
    for (auto i = std::size_t{0}; i < n; ++i) {
        auto const& token = typed.tokens[i];
        if (token.word.folded.size() < 2 || (unknown == 1 && token.term != Index::no_term)) continue;
        auto const before = i > 0 ? typed.tokens[i - 1].term : Index::no_term;
        auto const after = i + 1 < n ? typed.tokens[i + 1].term : Index::no_term;
        for (auto const id : near(token.word.folded)) {
            auto w = weight(before, id);
            if (after != Index::no_term) w += weight(id, after) - weight(Index::no_term, after);
            // The first letter is seldom the wrong one.
            if (index_.terms_[id].folded[0] != token.word.folded[0]) w -= 1.5;
            candidates.push_back({w, i, id});
        }
    }
    std::ranges::sort(candidates, std::greater{}, &Candidate::weight);
    auto best = std::optional<Reading>{};
    auto best_found = search.phrases(typed, 1'000);
    auto tried = 0;
    for (auto const& candidate : candidates) {
        if (++tried > 12) break;
        auto words = std::vector<Word>{};
        for (auto const& token : typed.tokens) words.push_back(token.word);
        words[candidate.at] = {index_.terms_[candidate.term].folded, index_.terms_[candidate.term].folded, index_.terms_[candidate.term].folded, false};
        auto reading = of_words(std::move(words));
        auto const found = search.phrases(reading, 1'000);
        if (found > (best ? 3 * best_found : best_found)) { best = std::move(reading); best_found = found; }
    }
    for (auto i = std::size_t{0}; !best && i < std::min<std::size_t>(candidates.size(), 12); ++i) {
        auto words = std::vector<Word>{};
        for (auto const& token : typed.tokens) words.push_back(token.word);
        auto const& folded = index_.terms_[candidates[i].term].folded;
        words[candidates[i].at] = {folded, folded, folded, false};
        auto reading = of_words(std::move(words));
        if (reading.all_known && search.together(reading, 3) > search.together(typed, 3)) best = std::move(reading);
    }
    return best;
}

std::optional<Reading> Readings::corrected(Reading const& typed, Search const& search) const {
    auto joined = parted(typed, search);
    auto out = std::optional<Reading>{};
    if (typed.tokens.size() == 1 && joined) {
        // One unknown word: a slip of one letter in a known one, or several without their blanks.
        auto right = spelt(typed, search);
        out = right && search.phrases(*right, 200) > 20 * search.phrases(*joined, 200) ? std::move(right) : std::move(joined);
    } else {
        out = spelt(typed, search);
        if (!out || (joined && search.phrases(*joined, 50) > search.phrases(*out, 50))) out = joined ? std::move(joined) : std::move(out);
    }
    if (out) out->worse = 1;
    return out;
}

std::vector<Reading> Readings::synonyms(Reading const& reading) const {
    std::vector<Reading> out;
    auto const replaced = [&](std::string_view from, std::string_view to) {
        auto const old_words = words_of(from);
        auto const& tokens = reading.tokens;
        for (auto i = std::size_t{0}; i + old_words.size() <= tokens.size(); ++i) {
            auto same_here = true;
            for (auto k = std::size_t{0}; same_here && k < old_words.size(); ++k) {
                auto const& word = tokens[i + k].word;
                same_here = word.folded == old_words[k].folded && (!word.marked || word.accented == old_words[k].accented);
            }
            if (!same_here) continue;
            auto words = std::vector<Word>{};
            for (auto k = std::size_t{0}; k < i; ++k) words.push_back(tokens[k].word);
            for (auto& word : words_of(to)) words.push_back(std::move(word));
            for (auto k = i + old_words.size(); k < tokens.size(); ++k) words.push_back(tokens[k].word);
            auto other = of_words(std::move(words));
            other.worse = 3;
            if (other.all_known && out.size() < 6) out.push_back(std::move(other));
        }
    };
    for (auto const& [a, b] : same) {
        replaced(a, b);
        replaced(b, a);
    }
    return out;
}

}  // namespace choso::marketplace
