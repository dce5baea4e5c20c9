select payment_columns(p)
from each($2::uuid[], $3::int8[], $4::timestamptz[], $5::timestamptz[]) u(account, amount, since, until)
cross join lateral (select * from payment p where p.bucket = u.bucket and p.account = u.account and p.amount = u.amount
                    and p.occurred_at >= u.since and p.occurred_at < u.until order by p.occurred_at limit 1000 offset 0) p
