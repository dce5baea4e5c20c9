#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "marketplace/search/document.hpp"
#include "marketplace/search/normalise.hpp"

namespace choso::marketplace {

/// What a shopper asks for. Filters that are empty do not filter.
struct Query {
    enum class Order { best, newest, cheapest, dearest };

    std::string text{};
    std::string category_slug{};
    std::optional<MerchantId> seller{};
    std::string commune{}, province{};
    int stars_least = 0;
    std::optional<Money> price_least{}, price_most{};
    /// All true on one variant: `Màu` = `Xanh` and `Cỡ` = `XL`.
    std::vector<std::pair<std::string, std::string>> attributes{};
    Order order = Order::best;
    std::size_t offset = 0;
    std::size_t limit = 24;
    Instant at{};        ///< for prices, sales, proofs that end
    bool facets = false;
};

struct FacetValue {
    std::string value;   ///< what to filter by
    std::string shown;
    std::size_t count = 0;
};

struct Found {
    std::vector<std::shared_ptr<Document const>> rows;
    std::size_t total = 0;
    /// `Có phải bạn tìm`: what was searched for instead of, or better than, what was typed; empty: as typed.
    std::string did_you_mean{};
    std::vector<FacetValue> categories{}, provinces{}, communes{}, stars{};
    std::map<std::string, std::vector<FacetValue>> attributes{};
};

/// All documents, by every word of theirs, in memory. Not for two threads at once (LiveIndex sees to that).
///
/// A word is kept under its folded spelling with the accented ones it was met in, so that a query with marks ranks what
/// agrees with them first, and one without finds all. Removed documents leave their places; when a quarter of all places
/// is empty the index is laid out anew.
class Index {
 public:
    /// `more`: what is found by but shown elsewhere (the description).
    void put(Document document, std::string_view more);
    void remove(ProductId id);

    [[nodiscard]] Found find(Query const& query) const;
    /// What the words typed so far may become, best first.
    [[nodiscard]] std::vector<std::string> suggest(std::string_view typed, std::size_t most) const;
    [[nodiscard]] std::size_t size() const { return by_id_.size(); }
    [[nodiscard]] std::shared_ptr<Document const> document(ProductId id) const;

 private:
    friend class Search;
    friend class Readings;
    using TermId = std::uint32_t;
    static constexpr TermId no_term = 0xffff'ffff;

    /// Where in a document a word stands: fields follow one another with a gap, so that no phrase reaches over two.
    static constexpr std::uint16_t first_of_facts = 0x2000;  ///< category, brand, seller, commune, attributes
    static constexpr std::uint16_t first_of_more = 0x4000;

    struct Posting {
        std::uint32_t place;
        std::uint16_t position;
        std::uint16_t form;
    };
    struct Form {
        std::string accented, shown;
        bool marked;
        std::uint32_t count = 0;
    };
    struct Term {
        std::string folded;
        std::vector<Posting> postings;   ///< ascending by place, then position
        std::vector<Form> forms;
        std::uint32_t in_names = 0;      ///< occurrences in names
    };
    struct Place {
        std::shared_ptr<Document const> document;  ///< null: removed
        std::string more;
    };
    /// What the ranking of every hit looks at, close together.
    struct Standing {
        bool alive = false;
        std::uint8_t stars = 0;
        std::uint16_t points = 0;        ///< what was sold, a short name
        std::int32_t stars_until = 0;    ///< days since 1970
    };

    void add_words(std::uint32_t place, std::string_view text, std::uint16_t& position, std::size_t most);
    [[nodiscard]] std::uint16_t form_of(Term& term, Word const& word);
    TermId term_for(std::string const& folded);
    [[nodiscard]] TermId known(std::string const& folded) const;
    void lay_out_anew();
    [[nodiscard]] std::uint32_t pair_count(TermId a, TermId b) const;

    std::vector<Place> places_;
    std::vector<Standing> standings_;
    std::unordered_map<Uuid, std::uint32_t, UuidHash> by_id_;
    std::vector<Term> terms_;
    std::unordered_map<std::string, TermId> term_ids_;
    std::map<std::string, TermId, std::less<>> sorted_;                 ///< for words that are being typed
    std::unordered_map<std::string, std::vector<TermId>> by_deletion_;  ///< each term under itself less one letter
    std::unordered_map<std::uint64_t, std::uint32_t> pairs_;            ///< how often b follows a in names
    std::uint64_t name_words_ = 0;
};

}  // namespace choso::marketplace
