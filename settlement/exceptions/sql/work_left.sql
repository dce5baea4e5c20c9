-- work_left: what waits, by kind and age in days of Vietnam's calendar
select x.kind, x.state, case when age <= 1 then 0 when age <= 3 then 1 when age <= 7 then 2 when age <= 30 then 3 else 4 end as bin,
       count(*), sum(x.amount)::int8, min(x.opened_at)
from unnest($1::int2[], $2::uuid[]) m(bucket, merchant)
cross join lateral (select x.kind, x.state, x.amount, x.opened_at,
                           (($3::timestamptz at time zone interval '7 hours')::date - (x.occurred_at at time zone interval '7 hours')::date) as age
                    from exception x where x.bucket = m.bucket and x.merchant = m.merchant and x.state <> 'done' offset 0) x
group by 1, 2, 3 order by 1, 2, 3
