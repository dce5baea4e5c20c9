-- market_day: of stalls, each in its bucket: what came today, and when the last since an id came
select u.stall, coalesce(d.count, 0)::int8, coalesce(d.sum, 0)::int8, l.at
from unnest($1::int2[], $2::uuid[], $3::uuid[]) u(bucket, merchant, stall)
left join lateral (select count(*) as count, sum(p.amount) as sum from payment p
                   where p.bucket = u.bucket and p.merchant = u.merchant and p.id >= $4::uuid and p.stall = u.stall and p.amount > 0 and p.status <> 'reversed') d on true
left join lateral (select p.recorded_at as at from payment p
                   where p.bucket = u.bucket and p.merchant = u.merchant and p.id >= $5::uuid and p.stall = u.stall and p.amount > 0 order by p.id desc limit 1) l on true
