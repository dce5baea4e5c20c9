select payment_columns(p)
from each($2::uuid[], $3::int8[], $4::timestamptz[], $5::timestamptz[], $6::int4[], $7::text[], $8::text[], $9::int8[])
     u(account, amount, since, until, source, bank_ref, reference, content_hash)
cross join lateral (select * from payment p where p.bucket = u.bucket and p.account = u.account and p.amount = u.amount
                    and p.occurred_at >= u.since and p.occurred_at < u.until and u.source <> p.source and u.source <> all(coalesce(p.later_sources, '{}'))
                    and (p.content_hash = u.content_hash or p.reference = u.reference or (p.bank_ref <> '' and p.bank_ref = u.bank_ref))
                    order by p.bank_ref = u.bank_ref desc, p.reference = u.reference desc nulls last, p.occurred_at limit 100 offset 0) p
