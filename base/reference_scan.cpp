#include <algorithm>
#include <cstring>

#include "base/assert.hpp"
#include "base/reference.hpp"
#include "base/reference_code.hpp"

namespace choso {
namespace {

using kx12::Sums;
using kx12::Word;

/// A letter that no code contains (A E U W Y); O and I are read as 0 and 1.
constexpr std::uint8_t foreign = kx12::field;
constexpr std::uint8_t dropped = 0xff;

constexpr std::array<std::uint8_t, 256> make_values() {
    std::array<std::uint8_t, 256> out{};
    for (auto& value : out) value = dropped;
    for (auto c = std::size_t{'A'}; c <= 'Z'; ++c) out[c] = foreign;
    for (auto i = std::size_t{0}; i < kx12::alphabet.size(); ++i)
        out[static_cast<unsigned char>(kx12::alphabet[i])] = static_cast<std::uint8_t>(i);
    out['O'] = 0;
    out['I'] = 1;
    for (auto c = std::size_t{'A'}; c <= 'Z'; ++c) out[c - 'A' + 'a'] = out[c];
    return out;
}
constexpr auto values = make_values();

/// A content's letters and digits as symbol values, everything else gone. Short contents stay on the stack.
class Compacted {
 public:
    explicit Compacted(std::string_view content) {
        auto* out = small_.data();
        if (content.size() > small_.size()) {
            large_.resize(content.size());
            out = large_.data();
        }
        auto n = std::size_t{0};
        for (auto const c : content) {
            auto const value = values[static_cast<unsigned char>(c)];
            out[n] = value;  // never past the end: n counts no more than the bytes read before
            n += value != dropped ? 1U : 0U;
        }
        symbols_ = {out, n};
    }
    Compacted(Compacted const&) = delete;
    Compacted& operator=(Compacted const&) = delete;

    [[nodiscard]] std::span<std::uint8_t const> symbols() const { return symbols_; }

 private:
    std::array<std::uint8_t, 512> small_;  // not filled: the constructor writes what is read
    std::vector<std::uint8_t> large_;
    std::span<std::uint8_t const> symbols_;
};

Reference reference_of(std::uint8_t const* data_symbols) {
    std::uint64_t number = 0;
    for (auto i = std::size_t{0}; i < kx12::data_length; ++i) number = number * kx12::field + data_symbols[i];
    auto const reference = Reference::from_data(number);
    CHOSO_ASSERT(reference.has_value());
    return *reference;
}

std::optional<Reference> codeword_at(std::uint8_t const* symbols) {
    for (auto i = std::size_t{0}; i < kx12::length; ++i)
        if (symbols[i] == foreign) return std::nullopt;
    if (!kx12::is_codeword(kx12::sums_of(symbols))) return std::nullopt;
    return reference_of(symbols);
}

bool has_three_letters(std::uint8_t const* symbols) {
    auto const letters = std::count_if(symbols, symbols + kx12::length, [](auto s) { return s >= kx12::first_letter; });
    return letters >= 3;
}

/// Where `symbols` has its only foreign letter: its index, `count` if it has none, nullopt if it has several.
std::optional<std::size_t> only_foreign(std::uint8_t const* symbols, std::size_t count) {
    auto found = count;
    for (auto i = std::size_t{0}; i < count; ++i) {
        if (symbols[i] != foreign) continue;
        if (found != count) return std::nullopt;
        found = i;
    }
    return found;
}

/// Collects codewords in the order promised by candidates().
class Findings {
 public:
    enum class Rank : std::uint8_t { exact, corrected, damaged_prefix };

    [[nodiscard]] bool full() const { return found_.size() >= candidates_max; }

    void add(Reference reference, How how, Rank rank) {
        auto const known = std::ranges::find(found_, reference, [](Found const& f) { return f.candidate.reference; });
        if (known == found_.end()) {
            if (!full()) found_.push_back({{reference, how}, rank});
        } else if (rank < known->rank) {
            *known = {{reference, how}, rank};
        }
    }

    [[nodiscard]] std::vector<Candidate> take() {
        if (found_.size() > 1) std::ranges::stable_sort(found_, {}, &Found::rank);
        std::vector<Candidate> out;
        out.reserve(found_.size());
        for (auto const& f : found_) out.push_back(f.candidate);
        return out;
    }

 private:
    struct Found {
        Candidate candidate;
        Rank rank;
    };
    std::vector<Found> found_;
};

/// One wrong symbol among twelve, by syndrome: the error e at position i adds e·2^(j·i) to sum j. A foreign letter says
/// itself where the error is.
template <class Take>
void substitutions(std::uint8_t const* symbols, Take const& take) {
    auto const bad = only_foreign(symbols, kx12::length);
    if (!bad) return;
    Word word{};
    std::copy_n(symbols, kx12::length, word.begin());
    if (*bad < kx12::length) {
        word[*bad] = 0;  // adds nothing to any sum
        auto const symbol = kx12::solve_one(kx12::sums_of(word.data()), *bad);
        if (!symbol) return;
        word[*bad] = *symbol;
        take(reference_of(word.data()), How::substitution);
        return;
    }
    auto const sums = kx12::sums_of(symbols);
    std::array<int, kx12::check_length> off{};
    for (auto j = std::size_t{0}; j < kx12::check_length; ++j) {
        off[j] = (kx12::lane(sums, j) + kx12::field - kx12::offsets[j]) % kx12::field;
        if (off[j] == 0) return;  // one wrong symbol disturbs all four
    }
    auto const ratio = kx12::quotient(off[1], off[0]);
    if (off[1] * ratio % kx12::field != off[2] || off[2] * ratio % kx12::field != off[3]) return;
    auto const position = static_cast<std::size_t>(kx12::logs[static_cast<std::size_t>(ratio)]);
    if (position >= kx12::length) return;
    auto const error = kx12::quotient(off[0], ratio);
    word[position] = static_cast<std::uint8_t>((word[position] + kx12::field - error) % kx12::field);
    take(reference_of(word.data()), How::substitution);
}

template <class Take>
void swaps(std::uint8_t const* symbols, Take const& take) {
    if (only_foreign(symbols, kx12::length) != kx12::length) return;
    auto const sums = kx12::sums_of(symbols);
    for (auto i = std::size_t{0}; i + 1 < kx12::length; ++i) {
        auto const a = symbols[i];
        auto const b = symbols[i + 1];
        auto const swapped = sums + kx12::terms[i][b] + kx12::terms[i + 1][a] - kx12::terms[i][a] - kx12::terms[i + 1][b];
        if (a == b || !kx12::is_codeword(swapped)) continue;
        Word word{};
        std::copy_n(symbols, kx12::length, word.begin());
        std::swap(word[i], word[i + 1]);
        take(reference_of(word.data()), How::swap);
    }
}

/// Eleven symbols of a code whose `i`-th was lost, for each i.
template <class Take>
void missing(std::uint8_t const* symbols, Take const& take) {
    constexpr auto left = kx12::length - 1;
    if (only_foreign(symbols, left) != left) return;
    Sums sums = 0;  // as if the first were lost: all symbols one place later
    for (auto i = std::size_t{0}; i < left; ++i) sums += kx12::terms[i + 1][symbols[i]];
    for (auto i = std::size_t{0}; i < kx12::length; ++i) {
        if (auto const symbol = kx12::solve_one(sums, i)) {
            Word word{};
            std::copy_n(symbols, i, word.begin());
            word[i] = *symbol;
            std::copy_n(symbols + i, left - i, word.begin() + static_cast<std::ptrdiff_t>(i) + 1);
            take(reference_of(word.data()), How::missing);
        }
        if (i < left) sums = sums + kx12::terms[i][symbols[i]] - kx12::terms[i + 1][symbols[i]];
    }
}

/// Thirteen symbols of which the `i`-th does not belong, for each i. The last would be exact and is not tried.
template <class Take>
void extras(std::uint8_t const* symbols, Take const& take) {
    auto const bad = only_foreign(symbols, kx12::length + 1);
    if (!bad) return;
    std::array<std::uint8_t, kx12::length + 1> window{};
    std::copy_n(symbols, window.size(), window.begin());
    if (*bad < window.size()) window[*bad] = 0;
    Sums sums = kx12::sums_of(window.data() + 1);  // as if the first were the extra one
    for (auto i = std::size_t{0}; i < kx12::length; ++i) {
        if ((*bad == i || *bad == window.size()) && kx12::is_codeword(sums)) {
            Word word{};
            std::copy_n(window.begin(), i, word.begin());
            std::copy(window.begin() + static_cast<std::ptrdiff_t>(i) + 1, window.end(),
                      word.begin() + static_cast<std::ptrdiff_t>(i));
            take(reference_of(word.data()), How::extra);
        }
        sums = sums + kx12::terms[i][window[i]] - kx12::terms[i][window[i + 1]];
    }
}

/// Finds codewords in one compacted content. `Accept` says whether a codeword counts (all do, or only live ones).
template <class Accept>
class Search {
 public:
    Search(std::string_view content, std::span<std::uint8_t const> text, Accept const& accept)
        : content_{content}, text_{text}, accept_{accept} {}

    [[nodiscard]] std::vector<Candidate> run() {
        for (auto i = std::size_t{0}; i + kx12::length <= text_.size() && !findings_.full();) {
            if (text_[i] == kx12::symbol_k && at(i + 1) == kx12::symbol_x)
                i = after_prefix(i + 2);
            else if (text_[i] == kx12::symbol_k)
                i = after_lone_k(i);
            else if (text_[i] == kx12::symbol_x)
                i = after_lone_x(i);
            else
                ++i;
        }
        return findings_.take();
    }

 private:
    using Rank = Findings::Rank;
    /// A hostile content may be `KXKXKX…` for megabytes; a real one has one prefix, rarely three.
    static constexpr std::size_t corrections_max = 256;
    /// How far into a content it is told apart whether `KX` lost its K or had it replaced.
    static constexpr std::size_t labelled_max = 4096;

    [[nodiscard]] std::uint8_t at(std::size_t i) const { return i < text_.size() ? text_[i] : foreign; }
    [[nodiscard]] bool holds(std::size_t from, std::size_t count) const { return from + count <= text_.size(); }

    /// `start` is where the code should begin. Returns where to go on.
    std::size_t after_prefix(std::size_t start) {
        if (holds(start, kx12::length)) {
            auto const exact = codeword_at(text_.data() + start);
            if (exact && accept_(*exact)) {
                findings_.add(*exact, How::exact, Rank::exact);
                return start + kx12::length;
            }
        }
        if (corrections_++ < corrections_max) correct(start);
        return start;
    }

    void correct(std::size_t start) {
        auto const* const symbols = text_.data() + start;
        auto const take = [this](Reference reference, How how) {
            if (accept_(reference)) findings_.add(reference, how, Rank::corrected);
        };
        if (holds(start, kx12::length)) {
            substitutions(symbols, take);
            swaps(symbols, take);
        }
        if (holds(start, kx12::length - 1)) missing(symbols, take);
        if (holds(start, kx12::length + 1)) extras(symbols, take);
    }

    /// `K?` and a code, `K` and a code, or K, the first symbol, X and the rest.
    std::size_t after_lone_k(std::size_t k) {
        if (whole_behind(k + 1, k > 0 && text_[k - 1] == kx12::symbol_x ? How::swap : How::missing))
            return k + 1 + kx12::length;
        if (whole_behind(k + 2, How::substitution)) return k + 2 + kx12::length;
        if (at(k + 2) == kx12::symbol_x && holds(k + 3, kx12::length - 1)) {
            Word word{};
            word[0] = text_[k + 1];
            std::copy_n(text_.data() + k + 3, kx12::length - 1, word.begin() + 1);
            if (whole(word.data(), How::swap)) return k + 3 + kx12::length - 1;
        }
        return k + 1;
    }

    /// `?X` and a code, or `X` and a code.
    std::size_t after_lone_x(std::size_t x) {
        if (!whole_at(x + 1)) return x + 1;
        auto const how = begins_a_word(x) ? How::missing : How::substitution;
        return whole_behind(x + 1, how) ? x + 1 + kx12::length : x + 1;
    }

    [[nodiscard]] bool whole_at(std::size_t start) const {
        return holds(start, kx12::length) && codeword_at(text_.data() + start).has_value();
    }
    bool whole_behind(std::size_t start, How how) { return holds(start, kx12::length) && whole(text_.data() + start, how); }

    /// Twelve symbols whose prefix is not right must be right themselves.
    bool whole(std::uint8_t const* symbols, How how) {
        auto const reference = codeword_at(symbols);
        if (!reference || !has_three_letters(symbols) || !accept_(*reference)) return false;
        findings_.add(*reference, how, Rank::damaged_prefix);
        return true;
    }

    /// Whether no letter or digit stands directly before the compacted symbol `index` in the content as it came.
    [[nodiscard]] bool begins_a_word(std::size_t index) const {
        if (index == 0) return true;
        if (index > labelled_max) return false;
        auto seen = std::size_t{0};
        auto glued = false;
        for (auto const c : content_) {
            auto const kept = values[static_cast<unsigned char>(c)] != dropped;
            if (kept && seen++ == index) return !glued;
            glued = kept;
        }
        return false;
    }

    std::string_view content_;
    std::span<std::uint8_t const> text_;
    Accept const& accept_;
    Findings findings_;
    std::size_t corrections_ = 0;
};

template <class Accept>
std::vector<Candidate> search(std::string_view content, Accept const& accept) {
    if (content.size() < kx12::length) return {};
    Compacted const compacted{content};
    return Search<Accept>{content, compacted.symbols(), accept}.run();
}

}  // namespace

std::vector<Candidate> candidates(std::string_view content) {
    return search(content, [](Reference) { return true; });
}

std::vector<Candidate> scan(std::string_view content, std::function<bool(Reference)> const& is_live) {
    return search(content, [&](Reference reference) { return is_live(reference); });
}

std::vector<Reference> suggestions(std::string_view content) {
    std::vector<Reference> out;
    Compacted const compacted{content};
    auto const text = compacted.symbols();
    auto run = std::size_t{0};  // of symbols a code may contain, ending here
    for (auto i = std::size_t{0}; i < text.size() && out.size() < candidates_max; ++i) {
        run = text[i] == foreign ? 0 : run + 1;
        if (run < kx12::length) continue;
        auto const* const symbols = text.data() + i + 1 - kx12::length;
        if (!kx12::is_codeword(kx12::sums_of(symbols)) || !has_three_letters(symbols)) continue;
        auto const reference = reference_of(symbols);
        if (std::ranges::find(out, reference) == out.end()) out.push_back(reference);
    }
    return out;
}

}  // namespace choso
