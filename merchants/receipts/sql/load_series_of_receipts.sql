select p.merchant,
       case when coalesce(i.issues, m.kind in ('school', 'hospital', 'utility', 'public_office')) then coalesce(i.symbol, 'BL') end,
       y.year::int4, coalesce((select r.number from receipt r where r.bucket = p.bucket and r.merchant = p.merchant and r.year = y.year
                               order by r.number desc limit 1), 0)
from (select distinct r.bucket, r.merchant from each($2::uuid[]) u(id)
      cross join lateral (select * from receipt r where r.bucket = u.bucket and r.id = u.id offset 0) r) p
join merchant m on m.id = p.merchant
left join receipt_issuer i on i.merchant = p.merchant
cross join (select extract(year from (clock_timestamp() + advance_us * interval '1 microsecond') at time zone 'Asia/Ho_Chi_Minh')::int2 + n as year
            from test_clock, generate_series(-1, 1) n) y
