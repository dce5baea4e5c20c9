-- candidates: for the payments of some exceptions, what the payees of their account still wait for: first what is called by a
-- learned reference of the content (`named`, codes between bars, or empty), then nearest amounts and times
select x.id, r.id, r.merchant, r.reference, r.amount, r.amount_paid, r.status, r.created_at, r.description, r.order_code, p.occurred_at
from unnest($1::int2[], $2::uuid[], $3::text[]) x(bucket, id, named)
cross join lateral (select e.subject from exception e where e.bucket = x.bucket and e.id = x.id offset 0) e
cross join lateral (select p.account, p.amount, p.occurred_at from payment p where p.bucket = x.bucket and p.id = e.subject and p.amount > 0 offset 0) p
cross join lateral (
    select r.* from (
        select m.id from merchant m join bank_account b on b.collector = m.collector where b.id = p.account limit 64) m
    cross join lateral (select * from payment_request r where r.bucket = x.bucket and r.merchant = m.id order by r.id desc limit 400 offset 0) r
    where r.account = p.account and r.status in ('open', 'partially_paid', 'expired') and r.created_at <= p.occurred_at + interval '1 hour'
    order by case when x.named = '' then false
                  else translate(regexp_replace(upper(coalesce(r.order_code, '') || ' ' || r.description), '[^A-Z0-9]', '', 'g'), 'OI', '01') ~ x.named end desc,
             (r.amount - r.amount_paid = p.amount) desc, abs(extract(epoch from r.created_at - p.occurred_at)) limit 40 offset 0) r
