-- places: what came in per market, and per merchant where there is no market
select case when k.id is not null then 'market' else m.kind::text end, coalesce(k.name, m.name), count(*) filter (where p.status <> 'reversed'),
       coalesce(sum(p.amount) filter (where p.status <> 'reversed'), 0)::int8, coalesce(sum(p.amount) filter (where p.status = 'reversed'), 0)::int8
from unnest($1::int2[], $2::uuid[]) w(bucket, merchant)
cross join lateral (select p.stall, p.amount, p.status, p.merchant from payment p
                    where p.bucket = w.bucket and p.merchant = w.merchant and p.id >= $3::uuid and p.id < $4::uuid and p.amount > 0 offset 0) p
join merchant m on m.id = p.merchant
left join stall s on s.id = p.stall
left join market k on k.id = s.market
where $5::timestamptz is not null
group by 1, 2 order by 1, 2
