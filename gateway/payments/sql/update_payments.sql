with w as (
    update payment p
    set status = u.status::payment_status, wrong_account = u.wrong_account, bank_ref = u.bank_ref, later_sources = nullif((u.sources::int4[])[2:], '{}'),
        reference = u.reference, request = u.request, stall = u.stall, merchant = u.merchant, confirmed_at = u.confirmed_at
    from each($2::uuid[], $3::text[], $4::bool[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::uuid[], $10::uuid[], $11::timestamptz[])
         u(id, status, wrong_account, bank_ref, sources, reference, request, stall, merchant, confirmed_at)
    where p.bucket = u.bucket and p.id = u.id
    returning 1)
select 1 / (count(*) = $12::int8)::int from w
