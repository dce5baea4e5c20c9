insert into bill (bucket, id, merchant, payer, unit, request, amount, amount_min, created_at, issued_at, due, revision, stage, partial,
                  at_counter, number, title, code, visit, told)
select u.bucket, u.id, u.merchant, u.payer, u.unit, u.request, u.amount, u.amount_min, u.created_at, u.issued_at, nullif(u.due, '')::date,
       u.revision, u.stage::bill_stage, u.partial, u.at_counter, nullif(u.number, ''), u.title, nullif(u.code, ''), nullif(u.visit, ''), u.told
from each($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::int8[], $8::int8[], $9::timestamptz[], $10::timestamptz[],
          $11::text[], $12::int4[], $13::text[], $14::bool[], $15::bool[], $16::text[], $17::text[], $18::text[], $19::text[], $20::text[])
     u(id, merchant, payer, unit, request, amount, amount_min, created_at, issued_at, due, revision, stage, partial, at_counter, number,
       title, code, visit, told)
