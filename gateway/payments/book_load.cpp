#include <algorithm>

#include "gateway/payments/book.hpp"
#include "gateway/payments/columns.hpp"
#include "gateway/payments/statements.hpp"

namespace choso::payments {

using postgres::Array;
using postgres::Params;
using postgres::Pipeline;
using postgres::Result;

void Book::take_request(Result const& rows, int row) { put_request(read_request(rows, row), Kept::loaded); }
void Book::take_payment(Result const& rows, int row) { put_payment(read_payment(rows, row), Kept::loaded); }

void Book::take_allocations(Result const& rows) {
    // Summed apart, then set: two statements may both tell of one pair.
    auto sums = decltype(allocated_){};
    for (auto row = 0; row < rows.rows(); ++row) sums[{rows.id<PaymentRequestId>(row, 0), rows.id<PaymentId>(row, 1)}] += rows.money(row, 2);
    for (auto const& [pair, sum] : sums) allocated_[pair] = sum;
}

void Book::load_heads(Pipeline& pipeline, BatchBuckets const& in) {
    pipeline.add(statements().load_now.in(in), {}, [this](Result const& rows) { now_ = std::max(now_, rows.time(0, 0)); });
    pipeline.add(statements().load_heads.in(in), params_of(in), [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) {
            auto const at = rows.maybe_time(row, 2);
            if (at) now_ = std::max(now_, *at);
            heads_[rows.bucket(row, 0).number()] = {rows.integer(row, 1), rows.integer(row, 3), static_cast<std::int32_t>(rows.integer(row, 4))};
        }
    });
    auto lacking = BatchBuckets{};
    for (auto const& [bucket, count] : wanted_numbers_)
        // Twice what is wanted: one code in forty may not be issued.
        if (!numbers_.has(bucket, count * 2 + 20)) lacking.numbers.push_back(bucket);
    if (lacking.numbers.empty()) return;
    pipeline.add(statements().load_reference_block.in(lacking), params_of(lacking), [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) numbers_.add_block(rows.bucket(row, 0).number(), rows.integer(row, 1));
    });
}

void Book::load_requests(Pipeline& pipeline, BatchBuckets const& in) {
    auto const take_requests = [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) take_request(rows, row);
    };
    if (!wanted_keys_.empty()) {
        RowBuckets buckets;
        auto hashes = Array{Array::Type::uuid};
        for (auto const& [bucket, key] : wanted_keys_) {
            buckets.add(bucket);
            hashes.add(key.scoped_hash);
        }
        Params params;
        buckets.put_into(params, in);
        params.add(hashes);
        pipeline.add(statements().load_requests_by_key.in(in), params, take_requests);
        pipeline.add(statements().load_idempotency.in(in), std::move(params), [this](Result const& rows) {
            for (auto row = 0; row < rows.rows(); ++row)
                keys_[{rows.bucket(row, 0).number(), rows.uuid(row, 1)}] = {std::string{rows.text(row, 2)}, rows.uuid(row, 3),
                                                                           static_cast<std::int16_t>(rows.integer(row, 4))};
        });
    }
    if (!wanted_requests_.empty()) pipeline.add(statements().load_requests.in(in), of_ids(wanted_requests_, in), take_requests);
    if (!wanted_references_.empty()) {
        RowBuckets buckets;
        auto references = Array{Array::Type::text};
        for (auto const& [bucket, reference] : wanted_references_) {
            buckets.add(bucket);
            references.add(reference.text());
        }
        Params params;
        buckets.put_into(params, in);
        params.add(references);
        pipeline.add(statements().load_requests_by_reference.in(in), std::move(params), take_requests);
    }
    if (!wanted_codes_.empty()) {
        RowBuckets buckets;
        auto merchants = Array{Array::Type::uuid};
        auto codes = Array{Array::Type::text};
        for (auto const& [bucket, code] : wanted_codes_) {
            buckets.add(bucket);
            merchants.add(code.first);
            codes.add(code.second);
        }
        Params params;
        buckets.put_into(params, in);
        params.add(merchants).add(codes);
        pipeline.add(statements().load_requests_by_order_code.in(in), std::move(params), take_requests);
    }
}

void Book::load_payments(Pipeline& pipeline, BatchBuckets const& in) {
    auto const take_requests = [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) take_request(rows, row);
    };
    auto const take_payments = [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) take_payment(rows, row);
    };
    auto const take_allocations = [this](Result const& rows) { this->take_allocations(rows); };
    if (!wanted_with_payments_.empty()) {
        auto const params = of_ids(wanted_with_payments_, in);
        pipeline.add(statements().load_requests.in(in), params, take_requests);
        pipeline.add(statements().load_payments_of_requests.in(in), params, take_payments);
        pipeline.add(statements().load_allocations_of_requests.in(in), params, take_allocations);
    }
    if (!wanted_alone_.empty()) pipeline.add(statements().load_payments.in(in), of_ids(wanted_alone_, in), take_payments);
    if (!wanted_payments_.empty()) {
        auto const params = of_ids(wanted_payments_, in);
        pipeline.add(statements().load_payments.in(in), params, take_payments);
        pipeline.add(statements().load_requests_of_payments.in(in), params, take_requests);
        pipeline.add(statements().load_allocations_of_payments.in(in), params, take_allocations);
    }
}

void Book::load_facts(Pipeline& pipeline, BatchBuckets const& in) {
    if (!wanted_sightings_.empty()) {
        RowBuckets buckets;
        auto sources = Array{Array::Type::int4};
        auto ids = Array{Array::Type::text};
        for (auto const& [bucket, sighting] : wanted_sightings_) {
            buckets.add(bucket);
            sources.add(sighting.first);
            ids.add(sighting.second);
        }
        Params params;
        buckets.put_into(params, in);
        params.add(sources).add(ids);
        pipeline.add(statements().load_sightings.in(in), std::move(params), [this](Result const& rows) {
            for (auto row = 0; row < rows.rows(); ++row) {
                constexpr auto told = 15;  // behind the payment's columns: bucket, source, the source's id
                auto payment = read_payment(rows, row);
                sightings_[{rows.bucket(row, told).number(), static_cast<std::int32_t>(rows.integer(row, told + 1)), std::string{rows.text(row, told + 2)}}] = payment.id;
                put_payment(std::move(payment), Kept::loaded);
            }
        });
    }
    if (!wanted_facts_.empty()) {
        RowBuckets buckets;
        Array accounts{Array::Type::uuid}, amounts{Array::Type::int8}, since{Array::Type::timestamptz}, until{Array::Type::timestamptz},
            sources{Array::Type::int4}, bank_refs{Array::Type::text}, references{Array::Type::text}, hashes{Array::Type::int8};
        for (auto const* told : wanted_facts_) {
            auto const day = Instant{vietnam_day(told->occurred_at)} - vietnam_offset;
            auto const exact = std::ranges::find(told->found, How::exact, &FoundReference::how);
            buckets.add(told->in);
            accounts.add(told->account.id);
            amounts.add(told->amount);
            since.add(day - std::chrono::days{1});
            until.add(day + std::chrono::days{2});
            sources.add(told->source);
            bank_refs.add(told->bank_ref);
            references.add(exact == told->found.end() ? std::nullopt : std::optional{exact->reference.text()});
            hashes.add(told->content_hash);
        }
        Params params;
        buckets.put_into(params, in);
        params.add(accounts).add(amounts).add(since).add(until).add(sources).add(bank_refs).add(references).add(hashes);
        pipeline.add(statements().load_facts.in(in), std::move(params), [this](Result const& rows) {
            for (auto row = 0; row < rows.rows(); ++row) {
                auto payment = read_payment(rows, row);
                if (payment.request) wanted_of_facts_.insert(*payment.request);
                else if (!payment.confirmed_at) out_.want_of_fact(payment.id);
                put_payment(std::move(payment), Kept::loaded);
            }
        });
    }
    if (!wanted_misdirected_.empty()) {
        RowBuckets buckets;
        auto ids = Array{Array::Type::uuid};
        for (auto const& [bucket, id] : wanted_misdirected_) {
            buckets.add(bucket);
            ids.add(id);
        }
        Params params;
        buckets.put_into(params, in);
        params.add(ids);
        pipeline.add(statements().load_misdirected.in(in), std::move(params), [this](Result const& rows) {
            for (auto row = 0; row < rows.rows(); ++row) misdirected_.insert(rows.uuid(row, 0));
        });
    }
}

void Book::load_accounts(Pipeline& pipeline, BatchBuckets const& in) {
    RowBuckets buckets;
    auto kinds = Array{Array::Type::text};
    auto subjects = Array{Array::Type::uuid};
    for (auto const& place : wanted_accounts_) {
        if (accounts_.contains(place)) continue;
        buckets.add(Bucket::of_bits(static_cast<std::uint64_t>(place.bucket)));
        kinds.add(word(place.key.kind));
        subjects.add(place.key.subject);
        accounts_[place] = {};
    }
    if (kinds.empty()) return;
    Params params;
    buckets.put_into(params, in);
    params.add(kinds).add(subjects);
    pipeline.add(statements().load_accounts.in(in), std::move(params), [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) {
            auto const place = AccountPlace{rows.bucket(row, 0).number(), {account_kind_of(rows.text(row, 1)).value(), rows.uuid(row, 2)}};
            accounts_[place] = {static_cast<std::int32_t>(rows.integer(row, 3)), rows.integer(row, 4), rows.money(row, 5)};
        }
    });
}

void Book::load(Pipeline& pipeline, BatchBuckets const& in) {
    load_heads(pipeline, in);
    load_requests(pipeline, in);
    load_payments(pipeline, in);
    out_.load(pipeline, in, [this](Result const& rows, int row) { take_payment(rows, row); });
    settlements_.load(pipeline, in);
    load_facts(pipeline, in);
    load_accounts(pipeline, in);
    audit_.load(pipeline, in);
}

/// A fact's second telling may have lost the reference; whose shares it confirms, the request says. Only what is owed
/// (pooled) is confirmed.
bool Book::load_requests_of_facts(Pipeline& pipeline, BatchBuckets const& in) {
    auto unknown = std::set<PaymentRequestId>{};
    if (payee_kinds_.contains(AccountKind::due_seen))
        for (auto const& id : wanted_of_facts_)
            if (!requests_.contains(id)) unknown.insert(id);
    wanted_of_facts_.clear();
    if (unknown.empty()) return false;
    pipeline.add(statements().load_requests.in(in), of_ids(unknown, in), [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) take_request(rows, row);
    });
    return true;
}

/// Lines, shares and all money of the split requests that are here by now.
bool Book::load_splits(Pipeline& pipeline, BatchBuckets const& in) {
    auto fresh = std::set<PaymentRequestId>{};
    for (auto const& [id, slot] : requests_)
        if (slot.row.split && loaded_splits_.insert(id).second) fresh.insert(id);
    if (fresh.empty()) return false;
    auto const params = of_ids(fresh, in);
    pipeline.add(statements().load_split_lines.in(in), params, [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row)
            requests_.at(rows.id<PaymentRequestId>(row, 0)).row.split->lines.push_back({rows.id<MerchantId>(row, 1), rows.money(row, 2), {}});
    });
    pipeline.add(statements().load_shares.in(in), params, [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) {
            auto const share = Share{static_cast<std::int16_t>(rows.integer(row, 2)), rows.id<MerchantId>(row, 3), rows.money(row, 4)};
            shares_[{rows.id<PaymentRequestId>(row, 0), rows.id<PaymentId>(row, 1), share.position}] = share;
        }
    });
    pipeline.add(statements().load_payments_of_requests.in(in), params, [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) take_payment(rows, row);
    });
    pipeline.add(statements().load_allocations_of_requests.in(in), params, [this](Result const& rows) { take_allocations(rows); });
    return true;
}

bool Book::load_payees(Pipeline& pipeline, BatchBuckets const& in) {
    for (auto const kind : payee_kinds_) {
        for (auto const& [id, slot] : requests_) {
            want_account(id.bucket(), {kind, slot.row.merchant.uuid()});
            if (!slot.row.split) continue;
            want_account(id.bucket(), {AccountKind::held, id.uuid()});
            for (auto const& line : slot.row.split->lines) want_account(id.bucket(), {kind, line.merchant.uuid()});
        }
        for (auto const& [id, slot] : payments_) want_account(id.bucket(), {kind, slot.row.merchant.uuid()});
    }
    for (auto const& id : wanted_with_payments_)
        if (auto const request = find_request(id)) want_account(id.bucket(), {AccountKind::unreferenced, request->account.uuid()});
    for (auto const& [bucket, key] : out_.accounts()) want_account(bucket, key);
    auto const lacking = std::any_of(wanted_accounts_.begin(), wanted_accounts_.end(), [this](auto const& place) { return !accounts_.contains(place); });
    if (lacking) load_accounts(pipeline, in);
    return lacking;
}

bool Book::load_more(Pipeline& pipeline, BatchBuckets const& in) {
    // Only the rows just loaded tell which payees' accounts will be posted to; usually the commands guessed them.
    auto const requests = load_requests_of_facts(pipeline, in);
    auto const splits = load_splits(pipeline, in);
    auto const payees = load_payees(pipeline, in);
    auto const refunds = out_.load_more(pipeline, in);
    return requests || splits || payees || refunds;
}

}  // namespace choso::payments
