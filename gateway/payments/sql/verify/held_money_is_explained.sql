with moved as (
    select bucket, id as subject, -amount_paid as amount from payment_request
    where (fill = 'together' and amount_paid < amount and amount_paid > 0) or (fill = 'on_release' and amount_paid > 0)
    union all
    select bucket, request, amount from release
    union all
    select bucket, request, amount from refund where taken_from = 'held'),
told as (select bucket, subject, sum(amount) as sum from moved group by bucket, subject),
booked as (
    select a.bucket, a.subject, sum(e.amount) as sum
    from ledger_account a join entry e on e.bucket = a.bucket and e.account = a.id where a.kind = 'held' group by a.bucket, a.subject),
bad as (
    select bucket, subject, coalesce(told.sum, 0) as told, coalesce(booked.sum, 0) as booked
    from told full join booked using (bucket, subject) where coalesce(told.sum, 0) <> coalesce(booked.sum, 0))
select (select count(*) from booked), (select count(*) from bad),
       array(select 'request ' || subject || ' holds ' || booked || ', its payments explain ' || told from bad limit 5)
