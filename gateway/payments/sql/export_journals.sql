select j.bucket, j.id, j.template, j.subject, j.occurred_at, j.recorded_at, a.kind, a.subject, e.amount, e.balance, e.seq,
       coalesce(b.collector, m.collector, h.collector)
from (select * from journal j where (j.bucket, j.id) > ($1::int2, $2::int8) and j.occurred_at >= $3::timestamptz and j.occurred_at < $4::timestamptz
      order by j.bucket, j.id limit 5000) j
join entry e on e.bucket = j.bucket and e.journal = j.id
join ledger_account a on a.bucket = e.bucket and a.id = e.account
left join bank_account b on b.id = a.subject
left join merchant m on m.id = a.subject
left join payment_request r on a.kind = 'held' and r.bucket = a.bucket and r.id = a.subject
left join merchant h on h.id = r.merchant
order by j.bucket, j.id, e.amount desc, e.account
