-- unconfirmed: credits of a stretch of time, by the times in their ids, that no statement and no second source has told, in
-- accounts whose every line is fed or whose statements come
select p.id, p.account, p.amount, p.occurred_at, c.owner
from unnest($1::int2[]) b(bucket)
cross join lateral (select p.id, p.account, p.amount, p.occurred_at from payment p
                    where p.bucket = b.bucket and p.id >= $2::uuid and p.id < $3::uuid and p.confirmed_at is null and p.amount > 0
                      and p.status in ('allocated', 'unreferenced') offset 0) p
join bank_account a on a.id = p.account and (a.coverage = 'complete' or exists (select 1 from statement s where s.bucket = b.bucket and s.account = p.account))
join lateral (select m.id as owner from merchant m where m.collector = a.collector and m.is_owner) c on true
