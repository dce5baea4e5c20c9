-- list_due: what collectors owe some merchants, each in its own bucket, and what of it is on its way
select m.merchant,
       coalesce((select sum(-e.balance) from ledger_account a
                 cross join lateral (select e.balance from entry e where e.bucket = a.bucket and e.account = a.id order by e.seq desc limit 1) e
                 where a.bucket = m.bucket and a.kind = 'due_seen' and a.subject = m.merchant), 0)::int8,
       coalesce((select sum(-e.balance) from ledger_account a
                 cross join lateral (select e.balance from entry e where e.bucket = a.bucket and e.account = a.id order by e.seq desc limit 1) e
                 where a.bucket = m.bucket and a.kind = 'due_confirmed' and a.subject = m.merchant), 0)::int8,
       coalesce(o.proposed, 0)::int8, coalesce(o.in_payout, 0)::int8
from unnest($1::int2[], $2::uuid[]) m(bucket, merchant)
cross join lateral (
    select sum(o.amount) filter (where o.status = 'proposed') as proposed, sum(o.amount) filter (where o.status <> 'proposed') as in_payout
    from payout o where o.bucket = m.bucket and o.merchant = m.merchant and o.status in ('proposed', 'approved', 'submitted', 'unknown')
                    and o.purpose not in ('refund', 'benefit')) o
