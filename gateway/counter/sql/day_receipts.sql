-- day_receipts: a stall's newest receipts of the day, by their numbers
select s.n, p.id, p.amount, p.recorded_at, p.status = 'reversed', p.request
from (select s.bucket, s.n, s.payment from stall_receipt s where s.bucket = $1::int2 and s.stall = $2::uuid order by s.n desc limit $4::int8) s
join payment p on p.bucket = s.bucket and p.id = s.payment
where p.bucket = $1::int2 and p.recorded_at >= $3::timestamptz
order by s.n desc
