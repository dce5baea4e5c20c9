-- settlement_lines: of some batches
select l.batch, l.payout, l.merchant, l.amount
from unnest($1::int2[], $2::uuid[]) u(bucket, batch)
cross join lateral (select * from settlement_line l where l.bucket = u.bucket and l.batch = u.batch offset 0) l
order by l.batch, l.payout
