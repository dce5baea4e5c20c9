#include "gateway/cli/own_core.hpp"

#include <future>

#include "gateway/payments/core.hpp"
#include "merchants/fees/commands.hpp"
#include "merchants/receipts/rows.hpp"

namespace choso::cli {

payments::Answer order(Context const& context, merchants::DirectoryWatch const& directory, std::unique_ptr<payments::Command const> command) {
    auto const& key = directory.installation().reference_key;
    auto const reference_key = ReferenceKey::from_bytes({reinterpret_cast<std::uint8_t const*>(key.data()), key.size()});
    if (!reference_key) throw std::runtime_error{"the installation's reference key is missing: run `choso migrate`"};
    auto options = payments::CoreOptions{};
    options.database_url = context.settings.database_url;
    options.lanes = 1;
    auto answered = std::promise<payments::Answer>{};
    auto core = payments::Core{std::move(options), *reference_key, {fees::family(), receipts::family()}, {}};
    core.submit(std::move(command), [&answered](payments::Answer answer) { answered.set_value(std::move(answer)); });
    return answered.get_future().get();
}

}  // namespace choso::cli
