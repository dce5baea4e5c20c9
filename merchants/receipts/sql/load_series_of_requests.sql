select p.merchant,
       case when coalesce(i.issues, m.kind in ('school', 'hospital', 'utility', 'public_office')) then coalesce(i.symbol, 'BL') end,
       y.year::int4, coalesce((select r.number from receipt r where r.bucket = p.bucket and r.merchant = p.merchant and r.year = y.year
                               order by r.number desc limit 1), 0)
from (select r.bucket, r.merchant from each($2::uuid[]) u(request)
      cross join lateral (select * from payment_request r where r.bucket = u.bucket and r.id = u.request offset 0) r
      union
      select s.bucket, s.merchant from each($2::uuid[]) u(request)
      cross join lateral (select * from split_line s where s.bucket = u.bucket and s.request = u.request offset 0) s) p
join merchant m on m.id = p.merchant
left join receipt_issuer i on i.merchant = p.merchant
cross join (select extract(year from (clock_timestamp() + advance_us * interval '1 microsecond') at time zone 'Asia/Ho_Chi_Minh')::int2 + n as year
            from test_clock, generate_series(-1, 1) n) y
