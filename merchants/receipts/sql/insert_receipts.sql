insert into receipt (bucket, id, merchant, request, cause, token, symbol, year, number, amount, way, position, turn, cancels, what, reason,
                     maker_kind, maker, occurred_at, issued_at)
select u.bucket, u.id, u.merchant, u.request, u.cause, u.token, u.symbol, u.year, u.number, u.amount, u.way::receipt_way, u.position, u.turn, u.cancels,
       u.what, u.reason, u.maker_kind::actor_kind, u.maker, u.occurred_at, u.issued_at
from each($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::int2[], $9::int8[], $10::int8[], $11::text[],
          $12::int2[], $13::int2[], $14::uuid[], $15::text[], $16::text[], $17::text[], $18::uuid[], $19::timestamptz[], $20::timestamptz[])
     u(id, merchant, request, cause, token, symbol, year, number, amount, way, position, turn, cancels, what, reason, maker_kind, maker,
       occurred_at, issued_at)
