insert into bill_kept (bucket, bill, refund, payer, amount, at)
select u.bucket, u.bill, u.refund, u.payer, u.amount, u.at
from each($2::uuid[], $3::uuid[], $4::uuid[], $5::int8[], $6::timestamptz[]) u(bill, refund, payer, amount, at)
