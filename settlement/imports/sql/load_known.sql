-- load_known: the account's payments of the lines' amounts, around their days
select p.id, p.amount, p.occurred_at, p.bank_ref, p.reference, p.content_hash,
       p.source = $6::int4 or $6::int4 = any(coalesce(p.later_sources, '{}')), p.status::text, p.confirmed_at is not null
from unnest($3::int8[]) u(amount)
cross join lateral (select * from payment p where p.bucket = $1::int2 and p.account = $2::uuid and p.amount = u.amount
                    and p.occurred_at >= $4::timestamptz and p.occurred_at < $5::timestamptz offset 0) p
