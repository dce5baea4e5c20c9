insert into settlement_line (bucket, batch, payout, merchant, amount)
select u.bucket, u.batch, u.payout, u.merchant, u.amount
from each($2::uuid[], $3::uuid[], $4::uuid[], $5::int8[]) u(batch, payout, merchant, amount)
