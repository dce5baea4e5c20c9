#pragma once
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "gateway/payments/book.hpp"
#include "merchants/benefits/decide.hpp"

namespace choso::benefits {

/// The lists and lines of one batch.
class BenefitRows final : public payments::Rows {
 public:
    explicit BenefitRows(payments::Book& book) : book_{book} {}

    // --- plan
    /// A programme of an office by its code, who is listed there for a period, and its living list of this very file.
    void want_period(Bucket bucket, MerchantId merchant, std::string const& code, std::string const& period, std::string const& file_hash);
    void want_list(BenefitListId id) { wanted_lists_.insert(id); }
    /// Of a wanted list: the next lines to be handed over. Its ledger accounts are loaded with it.
    void want_next(BenefitListId id) { wanted_next_.insert(id); }
    void want_item(BenefitListId list, int position) { wanted_items_.emplace_back(list, position); }

    // --- decide
    [[nodiscard]] std::optional<ProgrammeId> programme(MerchantId merchant, std::string const& code) const;
    [[nodiscard]] std::map<std::string, Listed> const& listed(MerchantId merchant, std::string const& code, std::string const& period) const;
    [[nodiscard]] std::optional<BenefitListId> same_file(MerchantId merchant, std::string const& code, std::string const& period,
                                                         std::string const& file_hash) const;
    [[nodiscard]] List* find(BenefitListId id);
    [[nodiscard]] std::vector<Item*> next_of(BenefitListId list);
    [[nodiscard]] Item* item(BenefitListId list, int position);

    void add_programme(ProgrammeId id, MerchantId merchant, std::string const& code, std::string const& name, Instant now);
    void add_list(List list, std::vector<Item> items, std::vector<ListRow> const& people, std::string const& programme_code, Instant now);
    void changed(List const& list) { changed_lists_.insert(list.id); }
    void changed(Item const& item) { changed_items_.insert(item.id); }

    // --- around the batch
    void load(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) override;
    void store(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) override;

 private:
    struct Period {
        Bucket bucket;
        MerchantId merchant;
        std::string code, period, file_hash;
    };
    struct NewProgramme {
        ProgrammeId id;
        MerchantId merchant;
        std::string code, name;
        Instant at;
    };
    struct NewPerson {
        BenefitItemId id;
        std::string name, bin, account;
        Instant at;
    };
    using PeriodKey = std::tuple<MerchantId, std::string, std::string>;

    void load_periods(postgres::Pipeline& pipeline, payments::BatchBuckets const& in);
    void store_lists(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) const;
    void store_items(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) const;
    void store_people(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) const;
    void take_list(postgres::Result const& rows, int row, bool with_accounts);
    void take_item(postgres::Result const& rows, int row);

    payments::Book& book_;
    std::vector<Period> wanted_periods_;
    std::set<BenefitListId> wanted_lists_, wanted_next_;
    std::vector<std::pair<BenefitListId, int>> wanted_items_;

    std::map<std::pair<MerchantId, std::string>, ProgrammeId> programmes_;
    std::map<PeriodKey, std::map<std::string, Listed>> listed_;
    std::map<std::pair<PeriodKey, std::string>, BenefitListId> files_;
    std::map<BenefitListId, List> lists_;
    std::map<BenefitItemId, Item> items_;
    std::set<BenefitListId> changed_lists_, new_lists_;
    std::set<BenefitItemId> changed_items_;
    std::vector<Item> new_items_;
    std::vector<NewProgramme> new_programmes_;
    std::vector<NewPerson> new_people_;
};

/// The columns of a list and of a line, as every statement here selects them.
[[nodiscard]] List read_list_row(postgres::Result const& rows, int row, int first_column = 0);
[[nodiscard]] Item read_item_row(postgres::Result const& rows, int row, int first_column = 0);

}  // namespace choso::benefits
