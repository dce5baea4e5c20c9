-- ageing: what is open, whatever the stretch of time
select x.kind::text, count(*) filter (where age <= 1), count(*) filter (where age between 2 and 3), count(*) filter (where age between 4 and 7),
       count(*) filter (where age between 8 and 30), count(*) filter (where age > 30), count(*), sum(x.amount)::int8
from unnest($1::int2[], $2::uuid[]) w(bucket, merchant)
cross join lateral (select x.kind, x.amount, ($5::timestamptz at time zone interval '7 hours')::date - (x.occurred_at at time zone interval '7 hours')::date as age
                    from exception x where x.bucket = w.bucket and x.merchant = w.merchant and x.state <> 'done' offset 0) x
where $3::uuid is not null and $4::uuid is not null
group by x.kind order by x.kind
