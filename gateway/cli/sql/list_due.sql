select m.id, m.name, d.seen, d.confirmed, o.proposed, o.in_payout, p.id
from merchant m
join collector c on c.id = m.collector and c.mode = 'pooled'
cross join lateral (
    select coalesce(sum(-e.balance) filter (where a.kind = 'due_seen'), 0)::int8 as seen,
           coalesce(sum(-e.balance) filter (where a.kind = 'due_confirmed'), 0)::int8 as confirmed
    from ledger_account a
    cross join lateral (select e.balance from entry e where e.bucket = a.bucket and e.account = a.id order by e.seq desc limit 1) e
    where a.bucket = c.bucket and a.kind in ('due_seen', 'due_confirmed') and a.subject = m.id) d
cross join lateral (
    select coalesce(sum(o.amount) filter (where o.status = 'proposed'), 0)::int8 as proposed,
           coalesce(sum(o.amount) filter (where o.status <> 'proposed'), 0)::int8 as in_payout
    from payout o where o.bucket = c.bucket and o.merchant = m.id and o.status in ('proposed', 'approved', 'submitted', 'unknown')
                    and o.purpose not in ('refund', 'benefit')) o
left join payout_account p on p.merchant = m.id and p.valid_to is null
order by m.collector, m.id
