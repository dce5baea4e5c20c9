#include "gateway/cli/context.hpp"

#include <ostream>

#include "gateway/cli/options.hpp"

namespace choso::cli {
namespace {

/// Thrown where a command needs an address that nobody configured.
struct NoDatabase {};

postgres::Connection connect_to(std::string const& url, std::string_view name, std::chrono::milliseconds answer_timeout) {
    if (url.empty()) throw NoDatabase{};
    postgres::ConnectionOptions options;
    options.application_name = name;
    options.answer_timeout = answer_timeout;
    options.lock_timeout = std::chrono::seconds{5};
    options.idle_in_transaction_timeout = std::chrono::seconds{30};
    return postgres::Connection{url, std::move(options)};
}

std::string_view without_newline(std::string_view text) {
    while (text.ends_with('\n')) text.remove_suffix(1);
    return text;
}

int failed(Context const& context, postgres::StatementFailed const& failure) {
    constexpr std::string_view undefined_table = "42P01";
    constexpr std::string_view insufficient_privilege = "42501";
    if (failure.state() == undefined_table) return context.refused("the database has no tables of ours yet: run choso migrate");
    if (failure.state() == insufficient_privilege)
        return context.refused(std::string{failure.what()} + ": this needs database.owner_url (CHOSO_DATABASE__OWNER_URL)");
    return context.refused(failure.what());
}

}  // namespace

postgres::Connection Context::connect(std::chrono::milliseconds answer_timeout) const {
    return connect_to(settings.database_url, name, answer_timeout);
}

postgres::Connection Context::connect_as_owner() const { return connect_to(settings.database_owner_url, name, std::chrono::minutes{10}); }

int Context::refused(std::string_view why) const {
    err << name << ": " << without_newline(why) << '\n';
    return exit_refused;
}

int Context::misused(std::string_view why) const {
    err << name << ": " << why << "\nTry '" << name << " --help'.\n";
    return exit_misused;
}

int run_with_context(std::string_view name, std::string_view help, std::vector<std::string_view> args, std::ostream& out,
                     std::ostream& err, std::function<int(Context const&, std::vector<std::string_view> const&)> const& body) {
    if (asks_for_help(args)) {
        out << help;
        return exit_done;
    }
    auto const settings = Settings::load(args);
    if (!settings) {
        for (auto const& line : settings.error()) err << name << ": " << line << '\n';
        return exit_refused;
    }
    Context const context{.name = name, .settings = *settings, .out = out, .err = err};
    try {
        auto const code = body(context, args);
        out.flush();
        return code == exit_done && !out ? exit_refused : code;
    } catch (NoDatabase const&) {
        return context.refused("which database? Set database.url in the file of --config, or CHOSO_DATABASE__URL");
    } catch (postgres::StatementFailed const& failure) {
        return failed(context, failure);
    } catch (postgres::ConnectionLost const& lost) {
        return context.refused(lost.what());
    }
}

}  // namespace choso::cli
