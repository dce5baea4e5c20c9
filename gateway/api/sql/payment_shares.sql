-- payment_shares: some merchants' shares of some payments; a share that was taken away again is 0
select s.payment, s.merchant, sum(s.amount)::int8
from unnest($1::int2[], $2::uuid[], $3::uuid[]) u(bucket, request, payment)
cross join lateral (select * from share s where s.bucket = u.bucket and s.request = u.request and s.payment = u.payment
                    and s.merchant = any($4::uuid[]) offset 0) s
group by s.payment, s.merchant
order by s.payment, min(s.position), s.merchant
