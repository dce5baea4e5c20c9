#pragma once
#include <map>
#include <set>

#include "gateway/payments/book.hpp"
#include "gateway/payments/commands.hpp"
#include "gateway/payments/lane.hpp"
#include "merchants/complaints/complaint.hpp"

namespace choso::complaints {

/// POST /complaints and the payer's form. Of one kind about one request there is one open complaint at a time: a second
/// is answered with the first.
struct OpenComplaint final : payments::Command {
    Complaint complaint;  ///< complete but for `opened_at`; its deadline was counted by who knows the calendar
    std::string body, contact;

    [[nodiscard]] std::string_view name() const override { return "open_complaint"; }
    [[nodiscard]] Bucket bucket() const override { return complaint.id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return complaint.merchant; }
    void plan(payments::Book& book) const override;
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// A member of staff takes it, or answers it (which ends it).
struct WorkComplaint final : payments::Command {
    ComplaintId id;
    MerchantId merchant;
    payments::Actor actor;
    std::string answer;  ///< empty: it is only taken

    [[nodiscard]] std::string_view name() const override { return "work_complaint"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return merchant; }
    void plan(payments::Book& book) const override;
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// A `due` row of kind `complaint_deadline`: late and unanswered, it is told to those above.
struct EscalateComplaint final : payments::Command {
    ComplaintId id;
    Instant due_at;

    [[nodiscard]] std::string_view name() const override { return "escalate_complaint"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return {}; }
    [[nodiscard]] payments::Priority priority() const override { return payments::Priority::bulk; }
    void plan(payments::Book& book) const override;
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// The complaint as the order left it.
struct ComplaintOutcome final : payments::OwnOutcome {
    Complaint complaint;
};

/// The complaints of one batch.
class ComplaintRows final : public payments::Rows {
 public:
    void want(ComplaintId id) { wanted_.insert(id); }
    /// The open ones about a request.
    void want_open_of(PaymentRequestId request) { wanted_requests_.insert(request); }
    [[nodiscard]] std::optional<Complaint> find(ComplaintId id) const;
    [[nodiscard]] std::optional<Complaint> open_of(PaymentRequestId request, Kind kind) const;
    void add(Complaint complaint, std::string body, std::string contact);
    void change(Complaint complaint);
    void add_answer(ComplaintId id, std::string body, Instant at) { texts_.push_back({id, true, std::move(body), {}, at}); }

    void load(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) override;
    void store(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) override;

 private:
    struct Text {
        ComplaintId complaint;
        bool answer;
        std::string body, contact;
        Instant at;
    };
    void store_texts(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) const;

    std::set<ComplaintId> wanted_;
    std::set<PaymentRequestId> wanted_requests_;
    std::map<ComplaintId, Complaint> known_;
    std::set<ComplaintId> new_, changed_;
    std::vector<Text> texts_;
};

[[nodiscard]] Complaint read_complaint(postgres::Result const& rows, int row);

/// For the composition root.
[[nodiscard]] payments::Family family();

}  // namespace choso::complaints
