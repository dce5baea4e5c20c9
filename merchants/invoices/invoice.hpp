#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/money.hpp"

/// Electronic invoices in the national XML structure (Decision 1450/QĐ-TCT of 2021 and its amendments, after Circular 78/2021).
namespace choso::invoices {

struct Party {
    std::string name;
    std::string tax_code;   ///< MST; a buyer may have none
    std::string address;
    std::string account;    ///< of the seller: where it is paid
    std::string bank;
    std::string buyer_name; ///< of a buyer that is a company: the person (HVTNMHang)
};

/// A rate of value added tax: 0, 5, 8, 10 per cent, or none.
enum class Rate { not_subject, not_declared, zero, five, eight, ten };

struct Line {
    enum class Kind { goods = 1, promotion = 2, discount = 3, note = 4 };
    Kind kind = Kind::goods;
    std::string code, name, unit;
    std::int64_t quantity_thousandths = 1'000;  ///< 1,5 is 1 500: never a float
    Money unit_price;                           ///< before tax
    Money amount;                               ///< before tax
    Rate rate = Rate::not_subject;
};

struct Invoice {
    std::string form = "1";         ///< KHMSHDon: 1 a VAT invoice, 2 a sales invoice, …
    std::string symbol;             ///< KHHDon: `C26TAA`
    std::int64_t number = 0;        ///< SHDon
    Instant at;                     ///< NLap is its day in Vietnam
    std::string payment_means;      ///< HTTToan: `Chuyển khoản`
    Party seller, buyer;
    std::vector<Line> lines;
    std::optional<std::string> replaces_symbol;  ///< TTHDLQuan: of the invoice this one replaces
    std::int64_t replaces_number = 0;
    std::string looked_up_by;       ///< a code by which the buyer finds it again
};

/// What the lines come to, per rate and altogether; tax is rounded half up to the đồng per rate.
struct Totals {
    struct PerRate {
        Rate rate;
        Money amount, tax;
    };
    std::vector<PerRate> rates;  ///< in the order of the enum
    Money amount, tax, payable;
};
[[nodiscard]] Totals totals_of(Invoice const& invoice);

/// As TSuat writes it: `10%`, `KCT`, `KKKNT`.
[[nodiscard]] std::string_view word(Rate rate);

/// Why an invoice cannot be issued: the field and the rule; nothing if it can. (What QĐ 1450 bounds: lengths, forms.)
struct Broken {
    std::string field, rule;
};
[[nodiscard]] std::optional<Broken> check(Invoice const& invoice);

/// `<DLHDon Id="data">…</DLHDon>`, in canonical form (Exclusive XML Canonicalization 1.0): exactly the bytes that are digested.
[[nodiscard]] std::string data_element(Invoice const& invoice);

}  // namespace choso::invoices
