-- get_settlement
select s.id, s.merchant, s.account, s.amount, s.until, s.maker_kind, s.maker, s.created_at
from settlement_batch s where s.bucket = $1::int2 and s.id = $2::uuid
