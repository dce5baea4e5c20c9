-- past_matches: what people matched by hand lately at some desks: the payment's text, and what the request is called
select x.account, t.content, r.order_code, r.description
from unnest($1::int2[], $2::uuid[]) m(bucket, merchant)
cross join lateral (
    select e.* from (select * from exception e where e.bucket = m.bucket and e.merchant = m.merchant order by e.id desc limit 5000 offset 0) e
    where e.state = 'done' and e.action = 'match' limit 200) x
cross join lateral (select r.order_code, r.description from payment_request r where r.bucket = x.bucket and r.id = x.target offset 0) r
cross join lateral (select t.content from bank_text t where t.bucket = x.bucket and t.payment = x.subject and t.content is not null limit 1) t
