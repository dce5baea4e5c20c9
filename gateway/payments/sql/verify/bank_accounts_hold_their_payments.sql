with moved as (
    select bucket, account as subject, amount from payment where status <> 'reversed'
    union all
    select bucket, account, -amount from payout where booked_at is not null and line is null),  -- with a line it is a payment
told as (select bucket, subject, sum(amount) as sum from moved group by bucket, subject),
booked as (
    select a.bucket, a.subject, sum(e.amount) as sum
    from ledger_account a join entry e on e.bucket = a.bucket and e.account = a.id where a.kind = 'bank' group by a.bucket, a.subject),
bad as (
    select bucket, subject, coalesce(told.sum, 0) as told, coalesce(booked.sum, 0) as booked
    from told full join booked using (bucket, subject) where coalesce(told.sum, 0) <> coalesce(booked.sum, 0))
select (select count(*) from booked), (select count(*) from bad),
       array(select 'account ' || subject || ' was told ' || told || ', booked ' || booked from bad limit 5)
