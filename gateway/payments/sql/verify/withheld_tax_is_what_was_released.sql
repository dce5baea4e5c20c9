with told as (select r.bucket, q.account as subject, -sum(r.amount) as sum from release r
    join payment_request q on q.bucket = r.bucket and q.id = r.request where r.merchant is null group by r.bucket, q.account),
booked as (
    select a.bucket, a.subject, sum(e.amount) as sum
    from ledger_account a join entry e on e.bucket = a.bucket and e.account = a.id where a.kind = 'withheld_tax' group by a.bucket, a.subject),
bad as (
    select bucket, subject, coalesce(told.sum, 0) as told, coalesce(booked.sum, 0) as booked
    from told full join booked using (bucket, subject) where coalesce(told.sum, 0) <> coalesce(booked.sum, 0))
select (select count(*) from booked), (select count(*) from bad),
       array(select 'account ' || subject || ' withholds ' || booked || ', releases say ' || told from bad limit 5)
