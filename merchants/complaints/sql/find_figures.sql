select c.merchant, c.kind, count(*), count(*) filter (where c.status = 'open'), count(*) filter (where c.status = 'open' and c.deadline <= $5::timestamptz),
       count(*) filter (where c.escalated_at is not null), count(*) filter (where c.answered_at < c.deadline),
       coalesce(extract(epoch from percentile_cont(0.5) within group (order by c.answered_at - c.opened_at) filter (where c.answered_at is not null)) / 3600, 0)::int8
from unnest($1::int2[], $2::uuid[]) m(bucket, merchant)
join complaint c on c.bucket = m.bucket and c.merchant = m.merchant and c.opened_at >= $3::timestamptz and c.opened_at < $4::timestamptz
group by 1, 2 order by 1, 2
