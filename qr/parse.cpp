#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "qr/checks.hpp"
#include "qr/crc16.hpp"
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

/// Reads one payload from its text to its fields; made for one call of parse().
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
            root_.first.reserve(payload_.size() / 8 + 1);
            open(payload_, 0, {}, root_);
            last_root_id_ = last_id_;
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
    /// The first object of each id in a template, and whether its fields can be trusted: nothing broken, nothing doubled.
    /// Only ids 0–9 mean something to us there.
    struct Level {
        std::array<Element, 10> first;
        unsigned present = 0;  // a bit for each of them
        std::optional<Tlv::Fault> fault;
        bool sound = true;

        void keep(Element const& element) {
            if (element.id >= 10) return;
            first[static_cast<std::size_t>(element.id)] = element;
            present |= 1U << static_cast<unsigned>(element.id);
        }
        [[nodiscard]] Element const* find(int id) const {
            return (present >> static_cast<unsigned>(id) & 1U) != 0 ? &first[static_cast<std::size_t>(id)] : nullptr;
        }
    };
    /// The same of the root, where every id counts.
    struct Root {
        std::vector<Element> first;             // in their order
        std::array<std::uint8_t, 100> place{};  // of an id in `first`, from 1; 0 if it is missing
        std::optional<Tlv::Fault> fault;
        bool sound = true;

        void keep(Element const& element) {
            first.push_back(element);
            place[static_cast<std::size_t>(element.id)] = static_cast<std::uint8_t>(first.size());
        }
        [[nodiscard]] Element const* find(int id) const {
            auto const at = place[static_cast<std::size_t>(id)];
            return at == 0 ? nullptr : &first[at - 1U];
        }
    };

    void note(Code code, std::size_t offset, Path path) { findings_.push_back({code, offset, path}); }
    void note(Code code, Element const& element, Path path) { note(code, element.value_offset(), path); }
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
    template <class Kept>
    void open(std::string_view text, std::size_t offset, Path path, Kept& level) {
        std::array<std::uint64_t, 2> seen{};  // a bit for each id
        std::array<std::uint64_t, 2> doubled{};
        TlvCursor cursor{text, offset, counting_};
        for (Element element; cursor.next(element);) {
            auto const half = static_cast<std::size_t>(element.id >= 64);
            auto const bit = std::uint64_t{1} << (static_cast<unsigned>(element.id) % 64);
            if (element.value.empty()) note(Code::zero_length, element.offset, below(path, element.id));
            if ((seen[half] & bit) == 0) {
                level.keep(element);
            } else {
                if ((doubled[half] & bit) == 0) note(Code::duplicate, element.offset, below(path, element.id));
                doubled[half] |= bit;
            }
            seen[half] |= bit;
            last_id_ = element.id;
        }
        level.fault = cursor.fault();
        if (level.fault)
            note(code_of(level.fault->what), level.fault->offset, level.fault->id ? below(path, *level.fault->id) : path);
        level.sound = !level.fault && (doubled[0] | doubled[1]) == 0;
    }
    /// The level inside a template.
    Level open(Element const& element, Path path) {
        Level level;
        open(element.value, element.value_offset(), path, level);
        return level;
    }

    static Path below(Path path, int id) {
        *std::ranges::find(path.ids, -1) = id;
        return path;
    }

    [[nodiscard]] Element const* root(int id) const { return root_.find(id); }

    /// Keeps a value for the answer; none if its object is missing or empty.
    static void keep(std::optional<std::string>& field, Element const* element) {
        if (element != nullptr && !element->value.empty()) field.emplace(element->value);
    }

    /// Printable ASCII of at most `length_max` characters.
    void check_ans(Element const* element, Path path, std::size_t length_max) {
        if (element == nullptr) return;
        if (!plain_ && !is_ans(element->value)) note(Code::non_ans, *element, path);
        if (length_of(element->value) > length_max) note(Code::too_long, *element, path);
    }
    /// Exactly `length` digits.
    void check_digits(Element const* element, Path path, std::size_t length) {
        if (element == nullptr || element->value.empty()) return;
        if (!is_digits(element->value)) note(Code::not_numeric, *element, path);
        if (length_of(element->value) != length) note(Code::bad_length, *element, path);
    }
    [[nodiscard]] std::size_t length_of(std::string_view value) const {
        return counting_ == Counting::bytes ? value.size() : count_characters(value);
    }

    void read_head() {
        auto const* const pfi = root(0);
        if (pfi == nullptr)
            missing(Code::bad_pfi, 0);
        else if (pfi != root_.first.data() || pfi->value != "01")
            note(Code::bad_pfi, pfi->offset, {0});

        auto const* const init = root(1);
        if (init != nullptr && init->value == "11") parsed_.method = Method::static_code;
        if (init != nullptr && init->value == "12") parsed_.method = Method::dynamic_code;
        if (init != nullptr && !parsed_.method) note(Code::bad_init, *init, {1});
        no_init_ = init == nullptr;
    }

    /// 02–51: whose code it is, and where money goes.
    void read_accounts() {
        bool any = false;
        for (auto const& element : root_.first) {
            auto const id = element.id;
            if (id < 2 || id > last_template) continue;
            auto const* const account = &element;
            any = true;
            if (id < first_template) {
                check_ans(account, {id}, 99);
                continue;
            }
            auto const level = open(element, {id});
            auto const* const guid = level.find(0);
            if (guid == nullptr || guid->value.empty()) {
                note(Code::no_guid, *account, {id});
                continue;
            }
            if (length_of(guid->value) > 32) note(Code::too_long, *guid, {id, 0});
            if (!is_vietqr_aid(guid->value)) continue;
            parsed_.kind = Kind::vietqr;
            if (guid->value != vietqr_aid) note(Code::guid_case, *guid, {id, 0});
            if (id != 38)
                note(Code::misplaced_template, account->offset, {id});
            else
                napas_ = level;
        }
        if (!any) missing(Code::no_mai, 2);
    }

    /// 38: the payee's bank and account, and the service.
    void read_vietqr() {
        if (no_init_) missing(Code::no_init, 1);
        if (root(38) == nullptr) return;
        auto const end = root(38)->value_offset() + root(38)->value.size();
        auto const* const payee = napas_.find(1);
        auto const* const service = napas_.find(2);
        bool nested_service = false;
        if (payee == nullptr) {
            if (!napas_.fault) note(Code::no_account, end, {38, 1});
        } else {
            auto const level = open(*payee, {38, 1});
            if (auto const* const nested = level.find(2)) {
                nested_service = true;
                note(Code::service_in_wrong_level, nested->offset, {38, 1, 2});
            }
            read_payee(level, payee->value_offset() + payee->value.size());
        }
        check_ans(service, {38, 2}, 10);
        if (napas_.sound) keep(parsed_.service, service);
        if (service == nullptr && !nested_service && !napas_.fault) note(Code::no_service, end, {38, 2});
        if (parsed_.service && !is_service(*parsed_.service)) note(Code::unknown_service, *service, {38, 2});
    }

    void read_payee(Level const& level, std::size_t end) {
        auto const* const bin = level.find(0);
        auto const* const account = level.find(1);
        if (bin == nullptr) {
            if (!level.fault) note(Code::no_bin, end, {38, 1, 0});
        } else if (bin->value.size() != 6 || !is_digits(bin->value)) {
            note(Code::bad_bin, *bin, {38, 1, 0});
        } else if (!is_known_bin(bin->value)) {
            note(Code::unknown_bin, *bin, {38, 1, 0});
        }
        if (account == nullptr || account->value.empty()) {
            if (!level.fault) note(Code::no_account, end, {38, 1, 1});
        } else {
            check_ans(account, {38, 1, 1}, 19);
            if (!is_alphanumeric(account->value)) note(Code::odd_account, *account, {38, 1, 1});
        }
        if (!level.sound || !napas_.sound) return;
        keep(parsed_.bin, bin);
        keep(parsed_.account, account);
    }

    /// 53 and 54: what, and how much.
    void read_money() {
        bool const vietqr = parsed_.kind == Kind::vietqr;
        auto const* const currency = root(53);
        keep(parsed_.currency, currency);
        if (currency == nullptr) missing(vietqr ? Code::napas_currency : Code::emv_missing, 53);
        check_digits(currency, {53}, 3);
        if (vietqr && parsed_.currency && *parsed_.currency != "704")
            note(is_napas_currency(*parsed_.currency) ? Code::currency_not_vnd : Code::napas_currency, *currency, {53});

        auto const* const amount = root(54);
        if (amount == nullptr || amount->value.empty()) return;
        auto const read = read_amount(amount->value);
        if (length_of(amount->value) > 13) note(Code::too_long, *amount, {54});
        if (!read) return note(Code::bad_amount, *amount, {54});
        auto const currency_code = currency == nullptr ? std::string_view{} : currency->value;
        if (read->decimals > decimals_of(currency_code)) note(Code::amount_decimals, *amount, {54});
        if (read->leading_zero) note(Code::amount_leading_zero, *amount, {54});
        if (!read->whole) return note(Code::amount_not_whole, *amount, {54});
        parsed_.amount = read->units;
        if (vietqr && currency_code == "704" && read->units > most_in_one_transfer.dong())
            note(Code::amount_over_limit, *amount, {54});
    }

    /// 52, 58–61: what kind of shop, and where.
    void read_place() {
        bool const vietqr = parsed_.kind == Kind::vietqr;
        auto const* const country = root(58);
        keep(parsed_.country, country);
        keep(parsed_.merchant_name, root(59));
        keep(parsed_.merchant_city, root(60));

        check_digits(root(52), {52}, 4);
        if (country == nullptr) {
            missing(vietqr ? Code::napas_country : Code::emv_missing, 58);
        } else if (vietqr && !is_capitals(country->value, 2)) {
            note(Code::napas_country, *country, {58});
        } else if (vietqr && country->value != "VN") {
            note(Code::country_not_vn, *country, {58});
        } else if (length_of(country->value) != 2 || !is_alphanumeric(country->value)) {
            note(Code::bad_country, *country, {58});
        }
        check_ans(root(59), {59}, 25);
        check_ans(root(60), {60}, 15);
        check_ans(root(61), {61}, 10);
        if (vietqr) return;
        for (int const id : {52, 59, 60})
            if (root(id) == nullptr) missing(Code::emv_absent, id);
    }

    /// 55–57: tip or fee (EMV §4.7.6).
    void read_tip() {
        auto const* const tip = root(55);
        auto const* const fixed = root(56);
        auto const* const percent = root(57);
        auto const tip_is = [tip](std::string_view value) { return tip != nullptr && tip->value == value; };
        auto const place = [this, tip](Element const* element) {
            return element != nullptr ? element->offset : tip != nullptr ? tip->offset : payload_.size();
        };
        if (tip != nullptr && !tip_is("01") && !tip_is("02") && !tip_is("03")) note(Code::bad_tip, *tip, {55});
        bool const may_be_lost = root_.fault.has_value();
        if ((fixed != nullptr) != tip_is("02") && !(may_be_lost && fixed == nullptr))
            note(Code::tip_56_rule, place(fixed), {56});
        if ((percent != nullptr) != tip_is("03") && !(may_be_lost && percent == nullptr))
            note(Code::tip_57_rule, place(percent), {57});
        if (fixed != nullptr && (length_of(fixed->value) > 13 || !read_amount(fixed->value)))
            note(Code::bad_fee, *fixed, {56});
        if (percent != nullptr && !is_percent(percent->value)) note(Code::bad_fee, *percent, {57});
    }

    /// 62: labels and purpose.
    void read_additional() {
        auto const* const additional = root(62);
        if (additional == nullptr) return;
        auto const level = open(*additional, {62});
        for (int id = 1; id <= 8; ++id) check_ans(level.find(id), {62, id}, 25);
        if (auto const* const request = level.find(9)) {
            check_ans(request, {62, 9}, 3);
            if (!is_data_request(request->value)) note(Code::bad_data_request, *request, {62, 9});
        }
        if (!level.sound) return;
        for (int id = 1; id <= 8; ++id) keep(*label_of(id), level.find(id));
    }

    /// Where the answer keeps an object of 62; nullptr for one that it does not.
    [[nodiscard]] std::optional<std::string>* label_of(int id) const {
        switch (id) {
            case 1: return &parsed_.bill_number;
            case 2: return &parsed_.mobile_number;
            case 3: return &parsed_.store_label;
            case 4: return &parsed_.loyalty_number;
            case 5: return &parsed_.reference_label;
            case 6: return &parsed_.customer_label;
            case 7: return &parsed_.terminal_label;
            case 8: return &parsed_.purpose;
            default: return nullptr;
        }
    }

    /// 64: name and city in another language.
    void read_language() {
        auto const* const language = root(64);
        if (language == nullptr) return;
        auto const level = open(*language, {64});
        auto const end = language->value_offset() + language->value.size();
        for (int const id : {0, 1})
            if (level.find(id) == nullptr && !level.fault) note(Code::lang_missing, end, {64, id});
        constexpr std::array<std::size_t, 3> length_max{2, 25, 15};
        for (int const id : {0, 1, 2}) {
            auto const* const element = level.find(id);
            if (element != nullptr && length_of(element->value) > length_max[static_cast<std::size_t>(id)])
                note(Code::too_long, *element, {64, id});
        }
    }

    /// 63: the check, over everything before its value.
    void read_check() {
        auto const* const check = root(63);
        if (check == nullptr || root_.fault) {
            bool const cut = root_.fault && root_.fault->id == 63;
            if (check == nullptr) note(cut ? Code::crc_malformed : Code::crc_missing, payload_.size(), {63});
            // The tail may still be a check: then it tells a code damaged on its way from one made wrongly.
            auto const tail = payload_.size() < 8 ? payload_.size() : payload_.size() - 8;
            if (!cut && payload_.substr(tail).starts_with("6304")) compare_check(tail + 4);
            return;
        }
        if (last_root_id_ != 63) return note(Code::crc_not_last, check->offset, {63});
        if (check->value == to_hex4(crc16(payload_.substr(0, check->value_offset())))) return;
        if (check->value.size() != 4 || !is_hexadecimal(check->value)) return note(Code::crc_malformed, *check, {63});
        compare_check(check->value_offset());
        if (std::ranges::any_of(check->value, [](char c) { return c >= 'a'; })) note(Code::crc_lowercase, *check, {63});
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
                for (int id = 1; id <= 8; ++id) label_of(id)->reset();
                return;
            default: return;
        }
    }

    std::string_view payload_;
    Strictness strictness_;
    Counting counting_ = Counting::characters;
    bool plain_ = false;  // printable ASCII from end to end
    Root root_;
    Level napas_;
    int last_id_ = -1;  // of the level read last
    int last_root_id_ = -1;
    bool no_init_ = false;
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
