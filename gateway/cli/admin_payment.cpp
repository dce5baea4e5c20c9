#include "gateway/cli/admin_parts.hpp"
#include "gateway/cli/own_core.hpp"

namespace choso::cli {
namespace {

postgres::Statement const account_of_payment{"account_of_payment", "select account from payment where bucket = $1 and id = $2"};

int reverse(Context const& context, Options const& options) {
    auto const payment = id_of<PaymentId>(options.words().front(), "payment reverse", "pay");
    auto const reason = needed(options, "--reason");
    auto clock = merchants::AdvancedClock{};
    auto const directory = merchants::DirectoryWatch{context.settings.database_url, clock};
    auto connection = context.connect();
    auto const rows = connection.query(account_of_payment, postgres::Params::of(payment.bucket(), payment));
    auto const* account = rows.rows() == 0 ? nullptr : directory.current()->account(rows.id<AccountId>(0, 0));
    if (account == nullptr) return context.refused("there is no such payment: " + payment.text());

    auto command = std::make_unique<payments::ReverseCredit>();
    command->payment = payment;
    command->account = directory.current()->facts_of(*account);
    command->occurred_at = clock.now();
    command->reason = reason;
    command->id = new_uuid(payment.bucket(), clock.now());
    auto const answer = order(context, directory, std::move(command));
    if (!answer) return context.refused("the book could not take it; nothing was changed, or it is not known: ask again");
    if (answer->refusal) return context.refused(std::string{payments::word(*answer->refusal)});
    auto fields = std::vector<Field>{{"payment", payment.text()}, {"status", "reversed"}};
    if (answer->request) {
        fields.push_back({"payment_request", answer->request->id.text()});
        fields.push_back({"request_status", std::string{payments::word(answer->request->status)}});
    }
    print_fields(context.out, fields, options.has("--json"));
    return exit_done;
}

}  // namespace

std::vector<Action> payment_actions() { return {{"payment", "reverse", {"--reason="}, true, reverse}}; }

}  // namespace choso::cli
