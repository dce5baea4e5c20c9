#pragma once
#include <vector>

#include "marketplace/search/index.hpp"

namespace choso::marketplace {

/// One way to understand a query: its words, each known to the index or not. Inside marketplace/search only.
struct Reading {
    struct Token {
        Word word;
        std::uint32_t term = 0xffff'ffff;
    };
    std::vector<Token> tokens;
    bool marked = false;          ///< some word has marks: then those that disagree sink
    bool all_known = true;
    int worse = 0;                ///< how far from what was typed: its results stand behind those of a smaller number
};

/// Runs readings over the index.
class Search {
 public:
    Search(Index const& index, Query const& query);

    struct Hit {
        std::int32_t score;
        std::uint32_t place;
    };
    /// By place: was it found already.
    using Seen = std::vector<bool>;
    /// Documents with every word of the reading, none that is in `seen` already.
    [[nodiscard]] std::vector<Hit> all_words(Reading const& reading, Seen const* seen) const;
    /// Documents with all words but one.
    [[nodiscard]] std::vector<Hit> all_but_one(Reading const& reading, Seen const& seen) const;
    /// All documents.
    [[nodiscard]] std::vector<Hit> everything() const;
    /// How many names hold the words one behind the other; counting ends at `enough`.
    [[nodiscard]] std::size_t phrases(Reading const& reading, std::size_t enough) const;
    /// How many documents hold all words, by the same rule.
    [[nodiscard]] std::size_t together(Reading const& reading, std::size_t enough) const;

 private:
    using Posting = Index::Posting;
    struct Span {
        Posting const* begin;
        Posting const* end;
    };
    template <class Take>
    void each_common(Reading const& reading, Take take) const;
    [[nodiscard]] std::int32_t score(Reading const& reading, std::vector<Span> const& spans, std::uint32_t place) const;
    [[nodiscard]] bool passes(std::uint32_t place) const;
    [[nodiscard]] std::int32_t standing(std::uint32_t place) const;

    Index const& index_;
    Query const& query_;
    bool filters_ = false;
    std::int32_t today_ = 0;   ///< days since 1970, in Vietnam
};

/// How a query may be understood.
class Readings {
 public:
    explicit Readings(Index const& index) : index_{index} {}

    /// As typed; where words are unknown and make sense as Telex or VNI, as those.
    [[nodiscard]] Reading typed(std::string_view text) const;
    /// With joined words parted or one word's letter put right, if that is found more often; nothing otherwise.
    [[nodiscard]] std::optional<Reading> corrected(Reading const& typed, Search const& search) const;
    /// With other words for the same thing.
    [[nodiscard]] std::vector<Reading> synonyms(Reading const& reading) const;

    [[nodiscard]] Reading of_words(std::vector<Word> words) const;

 private:
    using TermId = Index::TermId;
    [[nodiscard]] std::optional<Reading> parted(Reading const& typed, Search const& search) const;
    [[nodiscard]] std::optional<Reading> spelt(Reading const& typed, Search const& search) const;
    [[nodiscard]] std::vector<TermId> near(std::string const& folded) const;
    [[nodiscard]] std::vector<std::vector<std::size_t>> cuts_of(std::string const& folded) const;
    [[nodiscard]] double weight(TermId before, TermId term) const;

    Index const& index_;
};

}  // namespace choso::marketplace
