-- list_due: what collectors owe some merchants, each in its own bucket; only those that ever had a ledger account for it
select m.merchant, sum(-coalesce(e.balance, 0)) filter (where a.kind = 'due_seen')::int8,
       sum(-coalesce(e.balance, 0)) filter (where a.kind = 'due_confirmed')::int8
from unnest($1::int2[], $2::uuid[]) m(bucket, merchant)
cross join lateral (select * from ledger_account a where a.bucket = m.bucket and a.kind in ('due_seen', 'due_confirmed') and a.subject = m.merchant offset 0) a
left join lateral (select e.balance from entry e where e.bucket = a.bucket and e.account = a.id order by e.seq desc limit 1) e on true
group by m.merchant
