insert into shop_order (bucket, id, merchant, account, buyer, phone_key, code, token, amount, created_at, expires_at, note, cash, waiting)
select u.bucket, u.id, u.merchant, u.account, u.buyer, u.phone_key, u.code, u.token, u.amount, u.created_at, u.expires_at, u.note, u.cash, u.waiting
from each($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::uuid[], $9::int8[], $10::timestamptz[], $11::timestamptz[],
          $12::text[], $13::bool[], $14::bool[])
     u(id, merchant, account, buyer, phone_key, code, token, amount, created_at, expires_at, note, cash, waiting)
