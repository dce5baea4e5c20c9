-- What came into a case less what went is what its ledger account holds; each đồng that came is held, used or returned.
with moved as (
    select bucket, deposit as id, sum(case kind when 'taken' then amount when 'withdrawn' then -amount else 0 end) as taken,
           sum(case kind when 'used' then amount else 0 end) as used, sum(case kind when 'returned' then amount else 0 end) as returned
    from deposit_move group by 1, 2),
booked as (
    select a.bucket, a.subject as id, -sum(e.amount) as held from ledger_account a join entry e on e.bucket = a.bucket and e.account = a.id
    where a.kind = 'deposit' group by 1, 2),
bad as (
    select d.bucket, d.id from deposit d
    left join moved m on m.bucket = d.bucket and m.id = d.id
    left join booked b on b.bucket = d.bucket and b.id = d.id
    where coalesce(m.taken, 0) <> d.held + d.used + d.returned or coalesce(m.used, 0) <> d.used or coalesce(m.returned, 0) <> d.returned
       or coalesce(b.held, 0) <> d.held or (d.status = 'settled' and d.held <> 0)
       or not exists (select from payment_request q where q.bucket = d.bucket and q.id = d.id and q.merchant = d.merchant)
    union all
    select b.bucket, b.id from booked b where not exists (select from deposit d where d.bucket = b.bucket and d.id = b.id))
select (select count(*) from deposit), (select count(*) from bad), array(select 'deposit ' || id from bad limit 5)
