#include "gateway/cli/admin_market.hpp"
#include "gateway/sound/boxes.hpp"

namespace choso::cli {
namespace {

int pair(Context const& context, Options const& options) {
    auto connection = context.connect();
    auto const stall = id_of<StallId>(needed(options, "--stall"), "--stall", "stall");
    auto const serial = needed(options, "--serial");
    auto const made = sound::pair_box(connection, stall, serial, options.value("--dialect").value_or("north"));
    return answer(context, options, made, [&](crypto::Secret const& token) {
        return std::vector<Field>{{"stall", stall.text()}, {"serial", serial}, {"token", std::string{token.reveal()}}};
    });
}

int revoke(Context const& context, Options const& options) {
    auto connection = context.connect();
    auto const serial = std::string{options.words().front()};
    if (!sound::unpair_box(connection, serial)) return context.refused("no sound box of this serial is paired: " + serial);
    print_fields(context.out, {{"serial", serial}, {"status", "revoked"}}, options.has("--json"));
    return exit_done;
}

}  // namespace

std::vector<Action> sound_box_actions() {
    return {{"sound-box", "pair", {"--stall=", "--serial=", "--dialect="}, false, pair},
            {"sound-box", "revoke", {}, true, revoke}};
}

}  // namespace choso::cli
