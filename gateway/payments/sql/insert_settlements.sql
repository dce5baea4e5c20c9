insert into settlement_batch (bucket, id, merchant, account, amount, until, maker_kind, maker, created_at)
select u.bucket, u.id, u.merchant, u.account, u.amount, u.until, u.maker_kind::actor_kind, u.maker, u.created_at
from each($2::uuid[], $3::uuid[], $4::uuid[], $5::int8[], $6::timestamptz[], $7::text[], $8::uuid[], $9::timestamptz[])
     u(id, merchant, account, amount, until, maker_kind, maker, created_at)
