-- merchant_lines: a merchant's own ledger accounts over a stretch of time; a first row for each with what it began with
select a.kind::text, r.from_seq, coalesce(before.balance, 0), e.seq, j.occurred_at, j.template::text, e.amount, e.balance, j.subject
from ledger_account a
cross join lateral (select e.seq from entry e where e.bucket = a.bucket and e.account = a.id order by e.seq desc limit 1 offset 0) newest
cross join lateral (select last_entry_until(a.bucket, a.id, newest.seq, last_journal_before(a.bucket, $3::timestamptz)) as from_seq,
                           last_entry_until(a.bucket, a.id, newest.seq, last_journal_before(a.bucket, $4::timestamptz)) as to_seq offset 0) r
left join lateral (select e.balance from entry e where e.bucket = a.bucket and e.account = a.id and e.seq = r.from_seq) before on true
left join lateral (select e.* from entry e where e.bucket = a.bucket and e.account = a.id and e.seq > r.from_seq and e.seq <= r.to_seq order by e.seq limit 20001) e on true
left join journal j on j.bucket = a.bucket and j.id = e.journal
where a.bucket = $1::int2 and a.subject = $2::uuid and a.kind in ('received', 'due_confirmed')
order by a.kind, e.seq
