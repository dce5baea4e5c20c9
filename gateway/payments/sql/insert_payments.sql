insert into payment (bucket, id, account, amount, occurred_at, recorded_at, content_hash, merchant, status, wrong_account, bank_ref, source,
                     later_sources, reference, request, stall, confirmed_at)
select u.bucket, u.id, u.account, u.amount, u.occurred_at, u.recorded_at, u.content_hash, u.merchant, u.status::payment_status,
       u.wrong_account, u.bank_ref, (u.sources::int4[])[1], nullif((u.sources::int4[])[2:], '{}'), u.reference, u.request, u.stall, u.confirmed_at
from each($2::uuid[], $3::uuid[], $4::int8[], $5::timestamptz[], $6::timestamptz[], $7::int8[], $8::uuid[], $9::text[], $10::bool[],
          $11::text[], $12::text[], $13::text[], $14::uuid[], $15::uuid[], $16::timestamptz[])
     u(id, account, amount, occurred_at, recorded_at, content_hash, merchant, status, wrong_account, bank_ref, sources, reference, request,
       stall, confirmed_at)
