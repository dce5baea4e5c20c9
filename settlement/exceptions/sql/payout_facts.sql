-- payout_facts: what an exception about a payout is opened with
select o.account, o.amount, o.created_at, c.owner, o.status::text
from payout o
join bank_account b on b.id = o.account
join lateral (select m.id as owner from merchant m where m.collector = b.collector and m.is_owner) c on true
where o.bucket = $1::int2 and o.id = $2::uuid
