#include "gateway/cli/admin.hpp"

#include <algorithm>

#include "gateway/cli/admin_market.hpp"

namespace choso::cli {
namespace {

constexpr std::string_view help =
    R"(usage: choso admin NOUN VERB [options] [--json] [--config FILE]

market     create --name N --ward W --province P                        list
           import FILE --market mkt_… [--errors OUT.csv] [--pack OUT.pdf [--size a6|a5]] [--live]
                             a table of stalls, CSV or XLSX: all of it or none; with --pack their standees at once
           pack mkt_… --out FILE.pdf [--size a6|a5]   every stall's standee, to print and cut
           manage --market mkt_… --login L [--totals]    who looks after it
sound-box  pair --stall stall_… --serial S [--dialect north|central|south]   a speaker; its token is shown once
           revoke SERIAL
places     import FILE          wards' names before July 2025: old ward, old district, old province, ward, province
account-change  ask --stall stall_… --account ba_…   waits a day, then a second person's word (/ban-quan-ly)
collector  create --name N --kind K [--pooled] [--live]                 list
merchant   create --name N --kind K [--live]          collects for itself
           create --name N --kind K --collector col_…  one more payee   list
account    create --merchant mer_…|--collector col_… --bank B --number A --holder H
                  [--complete] [--only-referenced]                      list
           revoke ba_…          ends it: nothing new is payable into it
payout-account   add --merchant mer_… --bank B --number A --holder H       list
                             where a payee's due is paid to from now on
virtual-account  create --account ba_… --bank B --number A [--stall stall_…]  list
stall      create --merchant mer_… --market mkt_… --account ba_… --name N --number A12
                  [--takes-unreferenced]                                list
           rotate stall_…       a new link; the old one opens nothing any more
key        create --name N --merchant mer_… … --scope S … [--live]      list
           revoke key_…
feed       create --kind sepay|camt --name N --auth apikey|hmac|oauth2 --account ba_… …  list
           revoke feed_…
staff      add --login L --name N --role R[:mer_…|:col_…] …   somebody who signs in   list
           reset LOGIN          a new password; lost second factors and open sessions are gone
           revoke LOGIN         signs in no more
scope      list                 what a key may be allowed
notices    list [--limit N]     bank notices that were refused, newest first
quarantine list [--limit N]     commands that failed alone
due        list                 what collectors owe the merchants they collect for
payment    reverse pay_… --reason T     the bank took the credit back
erase      payment pay_…|person per_… --reason T --by NAME

B is a BIN or a bank's name. Roles: stall_owner, stall_staff, fee_clerk, reconciler, approver, seller,
moderator, operator, viewer; of one merchant, of one collector's, or of all. Kinds: household, school, hospital, utility, public_office, company.
Secrets (links, keys, feeds) are shown once, when they are made.
)";

std::vector<Action> all_actions() {
    auto out = directory_actions();
    for (auto& action : access_actions()) out.push_back(std::move(action));
    for (auto& action : list_actions()) out.push_back(std::move(action));
    for (auto& action : payment_actions()) out.push_back(std::move(action));
    for (auto& action : market_actions()) out.push_back(std::move(action));
    for (auto& action : staff_actions()) out.push_back(std::move(action));
    for (auto& action : sound_box_actions()) out.push_back(std::move(action));
    for (auto& action : market_pack_actions()) out.push_back(std::move(action));
    return out;
}

/// `due`, `notices --limit 5` and `erase --payment ID` are `due list`, `notices list` and `erase payment ID`, as they are first guessed.
std::vector<std::string_view> spelt_out(std::vector<std::string_view> args) {
    if (args.empty()) return args;
    auto const noun = args[0];
    if ((noun == "notices" || noun == "quarantine" || noun == "due") && (args.size() == 1 || args[1].starts_with("--"))) args.insert(args.begin() + 1, "list");
    if (noun != "erase") return args;
    for (auto i = std::size_t{1}; i < args.size(); ++i) {
        auto const verb = args[i].substr(0, args[i].find('='));
        if (verb != "--payment" && verb != "--person") continue;
        auto const word = verb.substr(2);
        if (verb.size() < args[i].size())
            args[i] = args[i].substr(verb.size() + 1);
        else
            args.erase(args.begin() + static_cast<std::ptrdiff_t>(i));
        args.insert(args.begin() + 1, word);
        break;
    }
    return args;
}

Result<Options, Misuse> parse(Action const& action, std::vector<std::string_view> const& args) {
    auto known = action.options;
    known.emplace_back("--json");
    auto options = Options::parse(args, known);
    if (!options) return options;
    auto const& words = options->words();
    if (action.takes_id && words.size() != 1) return Misuse{"needs one id"};
    if (!action.takes_id && !words.empty()) return Misuse{"takes no such argument: " + std::string{words.front()}};
    return options;
}

int run(Context const& context, std::vector<std::string_view> const& given) {
    auto const args = spelt_out(given);
    if (args.empty()) return context.misused("what, and what of it?");
    auto const actions = all_actions();
    auto const is_noun = [&](Action const& action) { return action.noun == args[0]; };
    if (std::ranges::none_of(actions, is_noun)) return context.misused("no such noun: " + std::string{args[0]});
    auto const at = args.size() < 2 ? actions.end() : std::ranges::find_if(actions, [&](Action const& action) {
        return is_noun(action) && action.verb == args[1];
    });
    if (at == actions.end()) {
        std::string verbs;
        for (auto const& action : actions)
            if (is_noun(action)) (verbs += verbs.empty() ? "" : ", ") += action.verb;
        return context.misused(std::string{args[0]} + " knows: " + verbs);
    }
    auto const options = parse(*at, {args.begin() + 2, args.end()});
    if (!options) return context.misused(options.error().text);
    try {
        return at->run(context, *options);
    } catch (BadOption const& bad) {
        return context.misused(bad.text);
    }
}

}  // namespace

int admin(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err) {
    return run_with_context("choso admin", help, std::move(args), out, err, run);
}

}  // namespace choso::cli
