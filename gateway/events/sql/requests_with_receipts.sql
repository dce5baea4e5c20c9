-- requests_with_receipts: those of some requests that have a payee who issues receipts
select distinct p.request
from (select u.request, r.merchant
      from unnest($1::int2[], $2::uuid[]) u(bucket, request)
      cross join lateral (select r.merchant from payment_request r where r.bucket = u.bucket and r.id = u.request offset 0) r
      union
      select u.request, s.merchant
      from unnest($1::int2[], $2::uuid[]) u(bucket, request)
      cross join lateral (select s.merchant from split_line s where s.bucket = u.bucket and s.request = u.request offset 0) s) p
join merchant m on m.id = p.merchant
left join receipt_issuer i on i.merchant = p.merchant
where coalesce(i.issues, m.kind in ('school', 'hospital', 'utility', 'public_office'))
