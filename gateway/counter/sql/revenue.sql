-- revenue: what a stall received between two ids, in order, for the book a household business keeps
select p.id, p.recorded_at, p.amount, p.bank_ref, coalesce(r.description, ''), p.status = 'reversed'
from payment p left join payment_request r on r.bucket = p.bucket and r.id = p.request
where p.bucket = $1::int2 and p.merchant = $2::uuid and p.stall = $3::uuid and p.id >= $4::uuid and p.id < $5::uuid and p.amount > 0
order by p.id limit 100000
