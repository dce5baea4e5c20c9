-- day_hours: a stall's money by hour of the day in Vietnam, between two ids; what the bank took back does not count
select extract(hour from p.recorded_at at time zone 'Asia/Ho_Chi_Minh')::int8, count(*)::int8, sum(p.amount)::int8
from payment p where p.bucket = $1::int2 and p.merchant = $2::uuid and p.stall = $3::uuid and p.id >= $4::uuid and p.id < $5::uuid and p.amount > 0
                 and p.status <> 'reversed'
group by 1 order by 1
