insert into payment_file (bucket, id, batch, account, merchant, maker_kind, maker, created_at, execute_on)
select b.bucket, $3::uuid, b.id, b.account, b.merchant, $4::text::actor_kind, $5::uuid, $6::timestamptz, $7::date
from settlement_batch b where b.bucket = $1::int2 and b.id = $2::uuid
