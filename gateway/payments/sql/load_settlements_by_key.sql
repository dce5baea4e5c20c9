select s.id, s.merchant, s.account, s.amount, s.until, s.maker_kind::text, s.maker, s.created_at, l.payout, l.merchant, l.amount
from each($2::uuid[]) u(scoped_hash)
cross join lateral (select i.subject from idempotency i where i.bucket = u.bucket and i.scoped_hash = u.scoped_hash offset 0) i
cross join lateral (select * from settlement_batch s where s.bucket = u.bucket and s.id = i.subject offset 0) s
cross join lateral (select * from settlement_line l where l.bucket = u.bucket and l.batch = s.id offset 0) l
order by s.id, l.payout
