-- market_day: of stalls, each in its bucket: what came today, and when the last of all came
select u.stall, coalesce(d.count, 0)::int8, coalesce(d.sum, 0)::int8, l.at
from unnest($1::int2[], $2::uuid[], $3::uuid[]) u(bucket, merchant, stall)
left join lateral (select count(*) as count, sum(p.amount) as sum from payment p
                   where p.bucket = u.bucket and p.merchant = u.merchant and p.id >= $4::uuid and p.stall = u.stall and p.amount > 0 and p.status <> 'reversed') d on true
left join lateral (select p.recorded_at as at from (select s.payment from stall_receipt s where s.bucket = u.bucket and s.stall = u.stall order by s.n desc limit 1) s
                   join payment p on p.bucket = u.bucket and p.id = s.payment) l on true
