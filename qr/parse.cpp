#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <utility>

#include "qr/checks.hpp"
#include "qr/crc16.hpp"
#include "qr/level.hpp"
#include "qr/tlv.hpp"
#include "qr/vietqr.hpp"

namespace choso::qr {
namespace {

constexpr std::string_view vietqr_aid = "A000000727";
constexpr std::size_t symbol_bytes_max = 2953;  // version 40, level L, byte mode
constexpr std::size_t recommended_characters = 512;
constexpr int first_template = 26;
constexpr int last_template = 51;

bool is_template(int id) { return (id >= first_template && id <= last_template) || id == 62 || id == 64; }

bool is_vietqr_aid(std::string_view guid) {
    return std::ranges::equal(guid, vietqr_aid, [](char a, char b) { return a == b || (a == 'a' && b == 'A'); });
}

Code code_of(TlvFault fault) {
    switch (fault) {
        case TlvFault::bad_header: return Code::bad_header;
        case TlvFault::truncated: return Code::truncated;
        case TlvFault::trailing: return Code::trailing;
        case TlvFault::split_utf8: return Code::split_utf8;
    }
    return Code::bad_header;
}

/// Reads one payload from its text to its fields; made for one call of parse(). It allocates nothing unless something is
/// wrong: values are views into the payload, and where one stands follows from where it points.
class Reader {
 public:
    /// `parsed` is what it fills in.
    Reader(std::string_view payload, Strictness strictness, Parsed& parsed)
        : payload_{payload}, strictness_{strictness}, parsed_{parsed} {}

    void read() {
        if (payload_.empty()) note(Code::empty, 0, {});
        if (payload_.size() > symbol_bytes_max) note(Code::payload_too_long, symbol_bytes_max, {});
        if (findings_.empty()) {
            read_text();
            open(payload_, {}, root_);
            read_head();
            read_accounts();
            if (parsed_.kind == Kind::vietqr) read_vietqr();
            read_money();
            read_place();
            read_tip();
            read_additional();
            read_language();
            read_check();
        }
        if (!findings_.empty()) judge();
    }

 private:
    /// The value of an object; one that is missing points nowhere.
    using Value = std::string_view;
    static bool is_there(Value value) { return value.data() != nullptr; }

    [[nodiscard]] Value value_of(Level const& level, int id) const {
        if (!level.has(id)) return {};
        auto const slot = level.slots.data()[id];  // an id is 0 to 99 wherever it comes from
        return {payload_.data() + slot.at, slot.size};
    }
    [[nodiscard]] Value root(int id) const { return value_of(root_, id); }

    [[nodiscard]] std::size_t offset_of(Value value) const { return static_cast<std::size_t>(value.data() - payload_.data()); }
    [[nodiscard]] std::size_t header_of(Value value) const { return offset_of(value) - 4; }
    [[nodiscard]] std::size_t end_of(Value value) const { return offset_of(value) + value.size(); }

    void note(Code code, std::size_t offset, Path path) { findings_.push_back({code, offset, path}); }
    void note(Code code, Value value, Path path) { note(code, offset_of(value), path); }
    /// Says that a root object is missing, unless the root is broken and it may stand in what could not be read.
    void missing(Code code, int id) {
        if (!root_.fault) note(code, payload_.size(), {id});
    }

    /// What the payload is as text, and what its lengths count.
    void read_text() {
        plain_ = is_ans(payload_);
        if (plain_) {
            counting_ = Counting::bytes;  // the same, and faster
            if (payload_.size() > recommended_characters) note(Code::payload_gt_512, payload_.size(), {});
            return;
        }
        bool ascii = true;
        std::size_t characters = 0;
        bool bad = false, control = false, combining = false;
        for (std::size_t at = 0; at < payload_.size(); ++characters) {
            auto const first = static_cast<unsigned char>(payload_[at]);
            auto const length = utf8_length(payload_.substr(at));
            if (first >= 0x80) ascii = false;
            if (length == 0 && !std::exchange(bad, true)) note(Code::not_utf8, at, {});
            if ((first < 0x20 || first == 0x7F) && !std::exchange(control, true)) note(Code::control_character, at, {});
            if (length == 2 && is_combining(payload_.substr(at)) && !std::exchange(combining, true))
                note(Code::not_nfc, at, {});
            at += std::max<std::size_t>(length, 1);
        }
        if (characters > recommended_characters) note(Code::payload_gt_512, payload_.size(), {});
        if (ascii) {
            counting_ = Counting::bytes;
        } else if (!holds(Counting::characters) && holds(Counting::bytes)) {
            counting_ = Counting::bytes;
            auto const at = std::ranges::find_if(payload_, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
            note(Code::length_is_bytes, static_cast<std::size_t>(at - payload_.begin()), {});
        }
    }

    static bool is_combining(std::string_view at) {
        auto const a = static_cast<unsigned char>(at[0]);
        auto const b = static_cast<unsigned char>(at[1]);
        return a == 0xCC || (a == 0xCD && b <= 0xAF);  // U+0300–U+036F
    }

    /// Whether root and templates come apart without a fault when lengths count so.
    [[nodiscard]] bool holds(Counting counting) const {
        auto const root = read_tlv(payload_, 0, counting);
        return !root.fault && std::ranges::all_of(root.elements, [counting](Element const& element) {
            return !is_template(element.id) || !read_tlv(element.value, element.value_offset(), counting).fault;
        });
    }

    /// Reads one level and reports what is wrong with its structure.
    void open(std::string_view text, Path path, Level& level) {
        if (plain_ && read_plain_level(payload_, text, level)) return;
        std::array<std::uint64_t, 2> doubled{};
        TlvCursor cursor{text, offset_of(text), counting_};
        for (Element element; cursor.next(element);) {
            auto const half = static_cast<std::size_t>(element.id >= 64);
            auto const bit = std::uint64_t{1} << (static_cast<unsigned>(element.id) % 64);
            if (element.value.empty()) note(Code::zero_length, element.offset, below(path, element.id));
            if ((level.seen[half] & bit) == 0) {
                level.slots[static_cast<std::size_t>(element.id)] = {static_cast<std::uint16_t>(element.value_offset()),
                                                                     static_cast<std::uint16_t>(element.value.size())};
                if (level.first_id < 0) level.first_id = element.id;
            } else {
                if ((doubled[half] & bit) == 0) note(Code::duplicate, element.offset, below(path, element.id));
                doubled[half] |= bit;
            }
            level.seen[half] |= bit;
            level.last_id = element.id;
        }
        level.fault = cursor.fault();
        if (level.fault)
            note(code_of(level.fault->what), level.fault->offset, level.fault->id ? below(path, *level.fault->id) : path);
        level.sound = !level.fault && (doubled[0] | doubled[1]) == 0;
    }

    static Path below(Path path, int id) {
        *std::ranges::find(path.ids, -1) = id;
        return path;
    }

    /// Keeps a value for the answer; none if its object is missing or empty.
    static void keep(std::optional<std::string_view>& field, Value value) {
        if (!value.empty()) field = value;
    }

    /// Printable ASCII of at most `length_max` characters.
    void check_ans(Value value, Path path, std::size_t length_max) {
        if (!is_there(value)) return;
        if (!plain_ && !is_ans(value)) note(Code::non_ans, value, path);
        if (length_of(value) > length_max) note(Code::too_long, value, path);
    }
    /// Exactly `length` digits.
    void check_digits(Value value, Path path, std::size_t length) {
        if (value.empty()) return;
        if (!is_digits(value)) note(Code::not_numeric, value, path);
        if (length_of(value) != length) note(Code::bad_length, value, path);
    }
    [[nodiscard]] std::size_t length_of(std::string_view value) const {
        return counting_ == Counting::bytes ? value.size() : count_characters(value);
    }

    void read_head() {
        auto const format = root(0);
        if (!is_there(format))
            missing(Code::bad_pfi, 0);
        else if (root_.first_id != 0 || format != "01")
            note(Code::bad_pfi, header_of(format), {0});

        auto const init = root(1);
        if (init == "11") parsed_.method = Method::static_code;
        if (init == "12") parsed_.method = Method::dynamic_code;
        if (is_there(init) && !parsed_.method) note(Code::bad_init, init, {1});
    }

    /// 02–51: whose code it is, and where money goes.
    void read_accounts() {
        constexpr auto accounts = ((std::uint64_t{1} << (last_template + 1U)) - 1) & ~std::uint64_t{3};
        auto left = root_.seen[0] & accounts;
        if (left == 0) missing(Code::no_mai, 2);
        for (; left != 0; left &= left - 1) {
            auto const id = std::countr_zero(left);
            if (id < first_template)
                check_ans(root(id), {id}, 99);
            else
                read_template(id);
        }
    }

    /// 26–51: a template says first whose it is.
    void read_template(int id) {
        auto const account = root(id);
        Level inner;
        Level& level = id == 38 ? napas_ : inner;
        open(account, {id}, level);
        auto const guid = value_of(level, 0);
        if (guid.empty()) return note(Code::no_guid, account, {id});
        if (length_of(guid) > 32) note(Code::too_long, guid, {id, 0});
        if (!is_vietqr_aid(guid)) return;
        parsed_.kind = Kind::vietqr;
        if (guid != vietqr_aid) note(Code::guid_case, guid, {id, 0});
        if (id == 38)
            is_napas_ = true;
        else
            note(Code::misplaced_template, header_of(account), {id});
    }

    /// 38: the payee's bank and account, and the service.
    void read_vietqr() {
        if (!is_there(root(1))) missing(Code::no_init, 1);
        if (!is_there(root(38))) return;
        if (!is_napas_) napas_ = Level{};  // 38 is somebody else's: of VietQR's it says nothing
        auto const end = end_of(root(38));
        auto const payee = value_of(napas_, 1);
        auto const service = value_of(napas_, 2);
        bool nested_service = false;
        if (!is_there(payee)) {
            if (!napas_.fault) note(Code::no_account, end, {38, 1});
        } else {
            Level level;
            open(payee, {38, 1}, level);
            if (auto const nested = value_of(level, 2); is_there(nested)) {
                nested_service = true;
                note(Code::service_in_wrong_level, header_of(nested), {38, 1, 2});
            }
            read_payee(level, end_of(payee));
        }
        check_ans(service, {38, 2}, 10);
        if (napas_.sound) keep(parsed_.service, service);
        if (!is_there(service) && !nested_service && !napas_.fault) note(Code::no_service, end, {38, 2});
        if (parsed_.service && !is_service(*parsed_.service)) note(Code::unknown_service, service, {38, 2});
    }

    void read_payee(Level const& level, std::size_t end) {
        auto const bin = value_of(level, 0);
        auto const account = value_of(level, 1);
        if (!is_there(bin)) {
            if (!level.fault) note(Code::no_bin, end, {38, 1, 0});
        } else if (bin.size() != 6 || !is_digits(bin)) {
            note(Code::bad_bin, bin, {38, 1, 0});
        } else if (!is_known_bin(bin)) {
            note(Code::unknown_bin, bin, {38, 1, 0});
        }
        if (account.empty()) {
            if (!level.fault) note(Code::no_account, end, {38, 1, 1});
        } else {
            check_ans(account, {38, 1, 1}, 19);
            if (!is_alphanumeric(account)) note(Code::odd_account, account, {38, 1, 1});
        }
        if (!level.sound || !napas_.sound) return;
        keep(parsed_.bin, bin);
        keep(parsed_.account, account);
    }

    /// 53 and 54: what, and how much.
    void read_money() {
        bool const vietqr = parsed_.kind == Kind::vietqr;
        auto const currency = root(53);
        keep(parsed_.currency, currency);
        if (!is_there(currency)) missing(vietqr ? Code::napas_currency : Code::emv_missing, 53);
        check_digits(currency, {53}, 3);
        if (vietqr && parsed_.currency && currency != "704")
            note(is_napas_currency(currency) ? Code::currency_not_vnd : Code::napas_currency, currency, {53});

        auto const amount = root(54);
        if (amount.empty()) return;
        auto const read = read_amount(amount);
        if (length_of(amount) > 13) note(Code::too_long, amount, {54});
        if (!read) return note(Code::bad_amount, amount, {54});
        if (read->decimals > decimals_of(currency)) note(Code::amount_decimals, amount, {54});
        if (read->leading_zero) note(Code::amount_leading_zero, amount, {54});
        if (!read->whole) return note(Code::amount_not_whole, amount, {54});
        parsed_.amount = read->units;
        if (vietqr && currency == "704" && read->units > most_in_one_transfer.dong())
            note(Code::amount_over_limit, amount, {54});
    }

    /// 52, 58–61: what kind of shop, and where.
    void read_place() {
        bool const vietqr = parsed_.kind == Kind::vietqr;
        auto const country = root(58);
        keep(parsed_.country, country);
        keep(parsed_.merchant_name, root(59));
        keep(parsed_.merchant_city, root(60));

        check_digits(root(52), {52}, 4);
        if (!is_there(country)) {
            missing(vietqr ? Code::napas_country : Code::emv_missing, 58);
        } else if (vietqr && !is_capitals(country, 2)) {
            note(Code::napas_country, country, {58});
        } else if (vietqr && country != "VN") {
            note(Code::country_not_vn, country, {58});
        } else if (length_of(country) != 2 || !is_alphanumeric(country)) {
            note(Code::bad_country, country, {58});
        }
        check_ans(root(59), {59}, 25);
        check_ans(root(60), {60}, 15);
        check_ans(root(61), {61}, 10);
        if (vietqr) return;
        for (int const id : {52, 59, 60})
            if (!root_.has(id)) missing(Code::emv_absent, id);
    }

    /// 55–57: tip or fee (EMV §4.7.6).
    void read_tip() {
        constexpr auto all = std::uint64_t{7} << 55U;
        if ((root_.seen[0] & all) == 0) return;
        auto const tip = root(55);
        auto const fixed = root(56);
        auto const percent = root(57);
        auto const place = [this, tip](Value value) {
            return is_there(value) ? header_of(value) : is_there(tip) ? header_of(tip) : payload_.size();
        };
        if (is_there(tip) && tip != "01" && tip != "02" && tip != "03") note(Code::bad_tip, tip, {55});
        bool const may_be_lost = root_.fault.has_value();
        if (is_there(fixed) != (tip == "02") && !(may_be_lost && !is_there(fixed)))
            note(Code::tip_56_rule, place(fixed), {56});
        if (is_there(percent) != (tip == "03") && !(may_be_lost && !is_there(percent)))
            note(Code::tip_57_rule, place(percent), {57});
        if (is_there(fixed) && (length_of(fixed) > 13 || !read_amount(fixed))) note(Code::bad_fee, fixed, {56});
        if (is_there(percent) && !is_percent(percent)) note(Code::bad_fee, percent, {57});
    }

    /// 62: labels and purpose.
    void read_additional() {
        auto const additional = root(62);
        if (!is_there(additional)) return;
        Level level;
        open(additional, {62}, level);
        auto const labels = static_cast<unsigned>(level.seen[0]) & 0x1FEU;  // 1 to 8
        for (auto left = labels; left != 0; left &= left - 1) {
            auto const id = std::countr_zero(left);
            check_ans(value_of(level, id), {62, id}, 25);
        }
        if (auto const request = value_of(level, 9); is_there(request)) {
            check_ans(request, {62, 9}, 3);
            if (!is_data_request(request)) note(Code::bad_data_request, request, {62, 9});
        }
        if (!level.sound) return;
        for (auto left = labels; left != 0; left &= left - 1) keep(label_of(std::countr_zero(left)), value_of(level, std::countr_zero(left)));
    }

    /// Where the answer keeps an object of 62, by its id from 1 to 8.
    [[nodiscard]] std::optional<std::string_view>& label_of(int id) const {
        auto& p = parsed_;
        std::array<std::optional<std::string_view>*, 8> const labels{&p.bill_number,     &p.mobile_number,  &p.store_label,    &p.loyalty_number,
                                                                     &p.reference_label, &p.customer_label, &p.terminal_label, &p.purpose};
        return *labels[static_cast<std::size_t>(id - 1)];
    }

    /// 64: name and city in another language.
    void read_language() {
        auto const language = root(64);
        if (!is_there(language)) return;
        Level level;
        open(language, {64}, level);
        for (int const id : {0, 1})
            if (!level.has(id) && !level.fault) note(Code::lang_missing, end_of(language), {64, id});
        constexpr std::array<std::size_t, 3> length_max{2, 25, 15};
        for (int const id : {0, 1, 2}) {
            auto const value = value_of(level, id);
            if (is_there(value) && length_of(value) > length_max[static_cast<std::size_t>(id)])
                note(Code::too_long, value, {64, id});
        }
        if (auto const code = value_of(level, 0); code.size() == 1 || (code.size() == 2 && !is_alphanumeric(code)))
            note(Code::bad_language, code, {64, 0});
    }

    /// 63: the check, over everything before its value.
    void read_check() {
        auto const check = root(63);
        if (!is_there(check) || root_.fault) {
            bool const cut = root_.fault && root_.fault->id == 63;
            if (!is_there(check)) note(cut ? Code::crc_malformed : Code::crc_missing, payload_.size(), {63});
            // The tail may still be a check: then it tells a code damaged on its way from one made wrongly.
            auto const tail = payload_.size() < 8 ? payload_.size() : payload_.size() - 8;
            if (!cut && payload_.substr(tail).starts_with("6304")) compare_check(tail + 4);
            return;
        }
        if (root_.last_id != 63) return note(Code::crc_not_last, header_of(check), {63});
        if (is_check(check, crc16(payload_.substr(0, offset_of(check))))) return;
        if (check.size() != 4 || !is_hexadecimal(check)) return note(Code::crc_malformed, check, {63});
        compare_check(offset_of(check));
        if (std::ranges::any_of(check, [](char c) { return c >= 'a'; })) note(Code::crc_lowercase, check, {63});
    }

    /// Written as the standard writes it.
    static bool is_check(Value value, unsigned crc) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        return value.size() == 4 && value[0] == digits[crc >> 12U] && value[1] == digits[(crc >> 8U) & 15U] &&
               value[2] == digits[(crc >> 4U) & 15U] && value[3] == digits[crc & 15U];
    }
    void compare_check(std::size_t at) {
        if (read_hexadecimal(payload_.substr(at, 4)) != crc16(payload_.substr(0, at))) note(Code::crc_mismatch, at, {63});
    }

    /// Parts errors from warnings, now that the kind is known. Of what stands twice nothing is said: two readers
    /// would show two different payees.
    void judge() {
        std::ranges::stable_sort(findings_, {}, &Finding::offset);
        for (auto const& finding : findings_) {
            (is_error(finding.code, parsed_.kind, strictness_) ? parsed_.errors : parsed_.warnings).push_back(finding);
            if (finding.code == Code::duplicate && finding.path.ids[1] < 0) withhold(finding.path.ids[0]);
        }
    }

    void withhold(int root_id) {
        auto& p = parsed_;
        switch (root_id) {
            case 1: return p.method.reset();
            case 38:
                for (auto* const field : {&p.bin, &p.account, &p.service}) field->reset();
                return;
            case 53: return p.currency.reset();
            case 54: return p.amount.reset();
            case 58: return p.country.reset();
            case 59: return p.merchant_name.reset();
            case 60: return p.merchant_city.reset();
            case 62:
                for (int id = 1; id <= 8; ++id) label_of(id).reset();
                return;
            default: return;
        }
    }

    std::string_view payload_;
    Strictness strictness_;
    Counting counting_ = Counting::characters;
    bool plain_ = false;  // printable ASCII from end to end
    bool is_napas_ = false;
    Level root_;
    Level napas_;
    std::vector<Finding> findings_;
    Parsed& parsed_;
};

}  // namespace

Parsed parse(std::string_view payload, Strictness strictness) {
    Parsed parsed;
    Reader{payload, strictness, parsed}.read();
    return parsed;
}

}  // namespace choso::qr
