-- same_group: newest first among untouched requests that begin with the first bill; the whole list must be equal.
select r.id
from bill_group f join payment_request r on r.bucket = f.bucket and r.id = f.request
where f.bucket = $1::int2 and f.bill = $2::uuid and f.position = 1 and r.status = 'open' and r.amount_paid = 0 and r.expires_at is null
  and (select array_agg(g.bill order by g.position) from bill_group g where g.bucket = f.bucket and g.request = f.request) = $3::uuid[]
  and (select array_agg(g.amount order by g.position) from bill_group g where g.bucket = f.bucket and g.request = f.request) = $4::int8[]
order by r.id desc limit 1
