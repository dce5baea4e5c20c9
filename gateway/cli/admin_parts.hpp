#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/cli/context.hpp"
#include "gateway/cli/options.hpp"
#include "gateway/cli/table.hpp"
#include "merchants/registry.hpp"

/// What `choso admin` is put together from; only gateway/cli/admin*.cpp include it.
namespace choso::cli {

/// A line of the command line that cannot be read: the option and what it takes. Thrown inside an action, answered with
/// exit code 2.
struct BadOption {
    std::string text;
};

/// One thing `choso admin` can do.
struct Action {
    std::string_view noun, verb;
    std::vector<std::string_view> options;  ///< as Options::Known writes them; --json comes by itself
    bool takes_id = false;                  ///< one word, the id it is done to
    std::function<int(Context const&, Options const&)> run;
};

[[nodiscard]] std::vector<Action> directory_actions();
[[nodiscard]] std::vector<Action> access_actions();
[[nodiscard]] std::vector<Action> list_actions();
[[nodiscard]] std::vector<Action> payment_actions();
[[nodiscard]] std::vector<Action> staff_actions();
[[nodiscard]] std::vector<Action> market_pack_actions();

/// The option's id, or BadOption; `what` is how it looks: `mer_…`.
template <class IdType>
IdType id_of(std::string_view text, std::string_view option, std::string_view what) {
    auto const id = IdType::parse(text);
    if (!id) throw BadOption{std::string{option} + " takes an id " + std::string{what} + "_…, not " + std::string{text}};
    return *id;
}

/// The option's value; BadOption if it is not there.
[[nodiscard]] inline std::string needed(Options const& options, std::string_view name) {
    if (auto const value = options.value(name)) return std::string{*value};
    throw BadOption{"needs " + std::string{name}};
}

/// Prints what was made, or why it was not.
template <class T, class Fields>
int answer(Context const& context, Options const& options, Result<T, merchants::Refused> const& result, Fields fields) {
    if (!result) return context.refused(result.error().text());
    print_fields(context.out, fields(result.value()), options.has("--json"));
    return exit_done;
}

}  // namespace choso::cli
