-- list_payments: newest first over some merchants, each in its own bucket: what is a merchant's, and what it has a share of
select distinct on (p.id)
       payment_columns(p)
from unnest($1::int2[], $2::uuid[]) m(bucket, merchant)
cross join lateral (
    (select * from payment p where p.bucket = m.bucket and p.merchant = m.merchant
     and ($3::uuid is null or p.id < $3::uuid) and ($4::text is null or p.status = $4::text::payment_status)
     order by p.id desc limit $5::int8 offset 0)
    union all
    (select p.* from (
        select distinct s.payment from share s where s.bucket = m.bucket and s.merchant = m.merchant and ($3::uuid is null or s.payment < $3::uuid)
        and ($4::text is null or exists (select from payment q where q.bucket = s.bucket and q.id = s.payment and q.status = $4::text::payment_status))
        order by s.payment desc limit $5::int8 offset 0) s
     join payment p on p.bucket = m.bucket and p.id = s.payment)) p
order by p.id desc limit $5::int8
