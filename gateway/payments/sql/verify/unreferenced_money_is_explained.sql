with held as (
    select bucket, account as subject, -amount as amount from payment where status = 'unreferenced'
    union all
    select f.bucket, p.account, f.amount from refund f join payment p on p.bucket = f.bucket and p.id = f.payment
    where f.taken_from = 'unreferenced'),
told as (select bucket, subject, sum(amount) as sum from held group by bucket, subject),
booked as (
    select a.bucket, a.subject, sum(e.amount) as sum
    from ledger_account a join entry e on e.bucket = a.bucket and e.account = a.id where a.kind = 'unreferenced' group by a.bucket, a.subject),
bad as (
    select bucket, subject, coalesce(told.sum, 0) as told, coalesce(booked.sum, 0) as booked
    from told full join booked using (bucket, subject) where coalesce(told.sum, 0) <> coalesce(booked.sum, 0))
select (select count(*) from booked), (select count(*) from bad),
       array(select 'account ' || subject || ' holds ' || booked || ' unreferenced, payments explain ' || told from bad limit 5)
