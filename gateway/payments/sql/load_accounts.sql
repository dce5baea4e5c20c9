select a.bucket, a.kind, a.subject, a.id, coalesce(e.seq, 0), coalesce(e.balance, 0)
from each($2::text[], $3::uuid[]) u(kind, subject)
cross join lateral (select * from ledger_account a where a.bucket = u.bucket and a.kind = u.kind::account_kind and a.subject = u.subject offset 0) a
left join lateral (select e.seq, e.balance from entry e where e.bucket = u.bucket and e.account = a.id order by e.seq desc limit 1) e on true
