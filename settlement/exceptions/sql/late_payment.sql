-- late_payment: the newest money of a request that came after its time
select p.id from allocation a join payment p on p.bucket = a.bucket and p.id = a.payment
join payment_request r on r.bucket = a.bucket and r.id = a.request
where a.bucket = $1::int2 and a.request = $2::uuid and p.status = 'allocated' and p.occurred_at > r.expires_at and r.late_policy = 'hold'
order by p.occurred_at desc limit 1
