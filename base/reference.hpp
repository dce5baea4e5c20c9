#pragma once
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bucket.hpp"

namespace choso {

/// KX-12: the code a payer's bank carries in the transfer content. `KX` and twelve symbols of
/// `0123456789BCFGHJKLMNPQRSTVXZD`, eight of data and four that let one wrong, swapped, lost or doubled symbol be put
/// right (docs/adr, DESIGN "Identifiers"). Every Reference is a codeword; whether anybody issued it is not known here.
class Reference {
 public:
    static constexpr std::size_t symbol_count = 12;
    static constexpr std::size_t text_length = 14;
    /// 29⁸: data numbers run from 0 to one less.
    static constexpr std::uint64_t data_count = 500'246'412'961;

    /// The reference whose eight data symbols, read as a number to base 29, are `number`; nullopt from data_count on.
    [[nodiscard]] static std::optional<Reference> from_data(std::uint64_t number);
    /// Reads exactly what text() writes: 14 characters, upper case, checksum true. For what people typed: candidates().
    [[nodiscard]] static std::optional<Reference> parse_exact(std::string_view text);

    [[nodiscard]] std::uint64_t data_number() const { return data_; }
    /// The twelve values, 0–28 each.
    [[nodiscard]] std::array<std::uint8_t, symbol_count> symbols() const;
    /// `KX7K3F9MPT2H4C`.
    [[nodiscard]] std::string text() const;
    /// `KX7K 3F9M PT2H 4C`, as it is printed for people.
    [[nodiscard]] std::string grouped() const;
    /// At least three letters (not a phone or account number) and neither `DD` nor `D9`, which Telex and VNI keyboards
    /// turn into `Đ`. 2.6 % of the codewords may not.
    [[nodiscard]] bool may_be_issued() const;

    friend constexpr auto operator<=>(Reference, Reference) = default;

 private:
    constexpr explicit Reference(std::uint64_t data) : data_{data} {}
    std::uint64_t data_;
};

/// What a reference asks money for. The numbers are inside issued codes: append only, at most eight.
enum class ReferenceKind : std::uint8_t { stall = 0, order = 1, fee = 2, hospital = 3, payout = 4 };

/// The secret that makes references unguessable. Made once per installation and never rotated: a new key would give old
/// numbers new codes. Not printable on purpose.
class ReferenceKey {
 public:
    static constexpr std::size_t size = 16;

    explicit ReferenceKey(std::array<std::uint8_t, size> const& bytes) : bytes_{bytes} {}
    /// nullopt unless there are exactly 16 bytes.
    [[nodiscard]] static std::optional<ReferenceKey> from_bytes(std::span<std::uint8_t const> bytes);
    /// From the kernel.
    [[nodiscard]] static ReferenceKey random();

    /// For keeping it in the database, nowhere else.
    [[nodiscard]] std::array<std::uint8_t, size> const& bytes() const { return bytes_; }

 private:
    std::array<std::uint8_t, size> bytes_;
};

/// What an installation's own reference says about itself.
struct ReferenceParts {
    ReferenceKind kind;
    bool live;  ///< false: made with test data
    Bucket bucket;
    std::uint64_t number;  ///< 0 … ReferenceIssuer::number_max, unique within kind, live and bucket

    friend bool operator==(ReferenceParts const&, ReferenceParts const&) = default;
};

/// Gives out references and opens them again. A keyed permutation of all 29⁸ data numbers: no two parts share a code,
/// and without the key codes look random. Immutable; any thread.
class ReferenceIssuer {
 public:
    /// Each of 8 kinds × test/live × 64 buckets has the numbers 0 to this.
    static constexpr std::uint64_t number_max = Reference::data_count / (8U * 2U * Bucket::count) - 1;

    explicit ReferenceIssuer(ReferenceKey const& key);

    /// nullopt when the code may not be issued (2.6 %): the caller draws the next number. `number` ≤ number_max.
    [[nodiscard]] std::optional<Reference> issue(ReferenceKind kind, bool live, Bucket bucket, std::uint64_t number) const;
    /// The parts a reference was made of; nullopt if this key could never have issued it.
    [[nodiscard]] std::optional<ReferenceParts> open(Reference reference) const;

 private:
    std::uint64_t k0_;
    std::uint64_t k1_;
};

/// SipHash-2-4 of `bytes` (Aumasson and Bernstein, 2012): a keyed 64-bit pseudo-random function.
[[nodiscard]] std::uint64_t siphash(std::uint64_t k0, std::uint64_t k1, std::span<std::uint8_t const> bytes);

/// How a reference was found in a content. `exact` allows for case, blanks, separators, O for 0 and I for 1.
enum class How : std::uint8_t { exact, substitution, swap, missing, extra };

[[nodiscard]] std::string_view name(How how);

struct Candidate {
    Reference reference;
    How how;

    friend bool operator==(Candidate const&, Candidate const&) = default;
};

/// At most so many different references are reported of one content (a bank's longest, 210 characters, holds 15).
inline constexpr std::size_t candidates_max = 256;

/// Every codeword that `content` may mean, for looking up among the live ones: exact ones first, then those one error
/// away, then those whose `KX` itself is damaged; within each in the order of the text; no reference twice. Where an
/// exact codeword stands, nothing else is guessed. `content` may be any bytes of any length; time is linear in it.
[[nodiscard]] std::vector<Candidate> candidates(std::string_view content);

/// The live references in `content`, in the order of candidates(). An exact live hit is the only one of its place;
/// otherwise whatever corrections are live are all given. More than one answer is for a person to judge.
///
/// `is_live` is asked rarely: only for codewords.
[[nodiscard]] std::vector<Candidate> scan(std::string_view content, std::function<bool(Reference)> const& is_live);

/// Codewords with at least three letters anywhere in the text, `KX` or not, exact only. One window in 707,281 of foreign
/// text looks like one: to show to a person, never to match money with. At most candidates_max.
[[nodiscard]] std::vector<Reference> suggestions(std::string_view content);

}  // namespace choso

template <>
struct std::hash<choso::Reference> {
    std::size_t operator()(choso::Reference reference) const noexcept {
        return static_cast<std::size_t>(reference.data_number() * 0x9e37'79b9'7f4a'7c15ULL);
    }
};
