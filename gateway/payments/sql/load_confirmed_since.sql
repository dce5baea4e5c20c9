select u.merchant, u.since, coalesce(sum(-e.amount), 0)::int8
from each($2::uuid[], $3::timestamptz[]) u(merchant, since)
cross join lateral (select a.id from ledger_account a where a.bucket = u.bucket and a.kind = 'due_confirmed' and a.subject = u.merchant offset 0) a
cross join lateral (select e.amount from entry e where e.bucket = u.bucket and e.account = a.id and e.amount < 0
                    and e.seq > coalesce((select o.seq from entry o join journal j on j.bucket = o.bucket and j.id = o.journal
                                          where o.bucket = u.bucket and o.account = a.id and j.recorded_at < u.since order by o.seq desc limit 1), 0)
                    offset 0) e
group by u.merchant, u.since
