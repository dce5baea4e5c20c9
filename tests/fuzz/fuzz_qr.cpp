#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "qr/crc16.hpp"
#include "qr/tlv.hpp"
#include "qr/tree.hpp"
#include "qr/vietqr.hpp"

// Any bytes as a payload: nothing may crash, hang or be shown that the payload does not say.
namespace {

using namespace choso;

void structure_is_kept(std::string_view payload) {
    for (auto const counting : {qr::Counting::characters, qr::Counting::bytes}) {
        auto const read = qr::read_tlv(payload, 0, counting);
        auto const end = read.fault ? read.fault->offset : payload.size();
        CHOSO_ASSERT(end <= payload.size());
        CHOSO_ASSERT(qr::write_tlv(read.elements, counting) == payload.substr(0, end));
        CHOSO_ASSERT(qr::write_tree(qr::read_tree(payload, counting), counting) == payload);
    }
}

/// What a good VietQR says can be asked for again, and says the same.
void can_be_made_again(qr::Parsed const& parsed) {
    qr::MakeRequest request{.bin = std::string{*parsed.bin}, .account = std::string{*parsed.account}, .service = std::string{*parsed.service}};
    if (parsed.amount) request.amount = Money{*parsed.amount};
    request.bill_number = parsed.bill_number.value_or("");
    request.purpose = parsed.purpose.value_or("");
    auto const made = qr::make(request);
    if (!made) return;  // a bank that is not in the directory, an amount over the limit
    auto const again = qr::parse(*made);
    CHOSO_ASSERT(again.ok() && again.warnings.empty());
    CHOSO_ASSERT(again.bin == parsed.bin && again.account == parsed.account && again.service == parsed.service);
    CHOSO_ASSERT(again.amount == parsed.amount && again.bill_number == parsed.bill_number);
}

void is_judged(std::string_view payload) {
    auto const strict = qr::parse(payload, qr::Strictness::strict);
    auto const lenient = qr::parse(payload, qr::Strictness::lenient);
    CHOSO_ASSERT(strict.errors.size() >= lenient.errors.size());
    CHOSO_ASSERT(strict.errors.size() + strict.warnings.size() == lenient.errors.size() + lenient.warnings.size());
    for (auto const& finding : strict.errors) CHOSO_ASSERT(finding.offset <= payload.size());
    for (auto const& finding : strict.warnings) CHOSO_ASSERT(finding.offset <= payload.size());
    structure_is_kept(payload);
    if (!strict.ok()) return;
    CHOSO_ASSERT(payload.starts_with("000201") && payload.substr(payload.size() - 8, 4) == "6304");
    if (strict.kind != qr::Kind::vietqr) return;
    CHOSO_ASSERT(strict.bin && strict.account && strict.service && strict.method);
    CHOSO_ASSERT(payload.find(*strict.account) != std::string_view::npos);
    CHOSO_ASSERT(!strict.amount || *strict.amount > 0);
    can_be_made_again(strict);
    CHOSO_ASSERT(qr::verify(payload, {std::string{*strict.bin}, std::string{*strict.account}, std::nullopt}).empty() || strict.currency != "704");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string payload{reinterpret_cast<char const*>(data), size};
    is_judged(payload);
    // Once more with a right check, which mutation alone would hardly hit.
    payload += "6304";
    payload += qr::to_hex4(qr::crc16(payload));
    is_judged(payload);
    return 0;
}
