with w as (
    update bill b
    set request = u.request, amount = u.amount, issued_at = u.issued_at, due = nullif(u.due, '')::date, revision = u.revision,
        stage = u.stage::bill_stage, at_counter = u.at_counter, number = nullif(u.number, ''), confirmed = nullif(u.confirmed, ''), told = u.told
    from each($2::uuid[], $3::uuid[], $4::int8[], $5::timestamptz[], $6::text[], $7::int4[], $8::text[], $9::bool[], $10::text[], $11::text[],
              $12::text[])
         u(id, request, amount, issued_at, due, revision, stage, at_counter, number, confirmed, told)
    where b.bucket = u.bucket and b.id = u.id and b.id = any($2::uuid[])
    returning 1)
select 1 / (count(*) = $13::int8)::int from w
