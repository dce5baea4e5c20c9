-- explain: what the rests of the bucket's clearing accounts at the day's end are made of. What is open is counted now; what moved
-- after the day is taken out by the account's own entries.
with clearing as (
    select a.id, a.kind, a.subject, d.closing,
           coalesce((select e.balance from entry e where e.bucket = a.bucket and e.account = a.id order by e.seq desc limit 1), 0) as balance
    from day_rest d join ledger_account a on a.bucket = d.bucket and a.id = d.account
    where d.bucket = $1::int2 and d.day = $2::date),
parts as (
    select c.id, 'exceptions' as what, count(x.id) as count, sum(x.amount)::int8 as amount
    from clearing c join exception x on x.bucket = $1::int2 and x.account = c.subject and x.kind in ('unreferenced', 'wrong_account', 'line_without_notice')
    where c.kind = 'unreferenced' and x.state <> 'done' group by c.id
    union all
    select c.id, 'kept', count(x.id), sum(x.amount)::int8
    from clearing c join exception x on x.bucket = $1::int2 and x.account = c.subject and x.kind in ('unreferenced', 'wrong_account', 'line_without_notice')
    join payment p on p.bucket = x.bucket and p.id = x.subject and p.status = 'unreferenced'
    where c.kind = 'unreferenced' and x.state = 'done' and x.action = 'accept' group by c.id
    union all
    select c.id, 'payouts_under_way', count(o.id), sum(o.amount)::int8
    from clearing c join payout o on o.bucket = $1::int2 and o.account = c.subject and o.booked_at is null
         and o.status in ('approved', 'submitted', 'unknown', 'succeeded')
         and (c.kind = 'refund_in_flight') = (o.purpose = 'refund')
    where c.kind in ('refund_in_flight', 'payout_in_flight') group by c.id
    union all
    select c.id, 'request_not_whole', 1, r.amount_paid
    from clearing c join payment_request r on r.bucket = $1::int2 and r.id = c.subject and r.fill = 'together' and r.status <> 'cancelled'
    where c.kind = 'held'
    union all
    select c.id, 'moved_after_the_day', 0, c.balance - c.closing from clearing c where c.balance <> c.closing),
summed as (select p.id, p.what, p.count, p.amount from parts p where p.amount <> 0),
stored as (
    insert into day_explained (bucket, day, revision, account, what, count, amount)
    select $1::int2, $2::date, $3::int2, s.id, s.what, s.count, s.amount from summed s
    returning account, amount)
select count(*), count(*) filter (where -c.closing <> coalesce(s.amount, 0))
from clearing c left join (select account, sum(amount) as amount from stored group by account) s on s.account = c.id
