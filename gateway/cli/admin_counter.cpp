#include "gateway/cli/admin_parts.hpp"
#include "gateway/sound/boxes.hpp"
#include "merchants/stalls/stalls.hpp"

namespace choso::cli {
namespace {

int pair(Context const& context, Options const& options) {
    auto connection = context.connect();
    auto const stall = id_of<StallId>(needed(options, "--stall"), "--stall", "stall");
    auto const dialect = options.value("--dialect");
    auto const made = sound::pair_box(connection, stall, needed(options, "--serial"), dialect ? *dialect : std::string{"north"});
    return answer(context, options, made, [&](crypto::Secret const& token) {
        return std::vector<Field>{{"stall", stall.text()}, {"serial", options.text("--serial")}, {"token", std::string{token.reveal()}}};
    });
}

int unpair(Context const& context, Options const& options) {
    auto connection = context.connect();
    auto const serial = std::string{options.words().front()};
    if (!sound::unpair_box(connection, serial)) return context.refused("no sound box of this serial is paired: " + serial);
    print_fields(context.out, {{"serial", serial}, {"status", "revoked"}}, options.has("--json"));
    return exit_done;
}

int ask_change(Context const& context, Options const& options) {
    auto connection = context.connect();
    auto const stall = id_of<StallId>(needed(options, "--stall"), "--stall", "stall");
    auto const account = id_of<AccountId>(needed(options, "--account"), "--account", "ba");
    auto const made = merchants::ask_account_change(connection, {}, stall, account, SystemClock{}.now());
    return answer(context, options, made, [](merchants::AccountChange const& it) {
        return std::vector<Field>{{"change", it.id.text()}, {"stall", it.stall.text()}, {"earliest", to_rfc3339(it.earliest)}};
    });
}

}  // namespace

std::vector<Action> counter_actions() {
    return {{"sound-box", "pair", {"--stall=", "--serial=", "--dialect="}, false, pair},
            {"sound-box", "revoke", {}, true, unpair},
            {"account-change", "ask", {"--stall=", "--account="}, false, ask_change}};
}

}  // namespace choso::cli
