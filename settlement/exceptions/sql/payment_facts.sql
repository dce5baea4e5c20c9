-- payment_facts: what an exception about a payment is opened with
select p.account, p.amount, p.occurred_at, c.owner, p.status::text
from payment p
join bank_account b on b.id = p.account
join lateral (select m.id as owner from merchant m where m.collector = b.collector and m.is_owner) c on true
where p.bucket = $1::int2 and p.id = $2::uuid
