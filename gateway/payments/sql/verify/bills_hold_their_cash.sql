with told as (select bucket, desk as subject, sum(amount) as sum from bill_cover where kind = 'cash' group by bucket, desk),
booked as (
    select a.bucket, a.subject, sum(e.amount) as sum
    from ledger_account a join entry e on e.bucket = a.bucket and e.account = a.id where a.kind = 'cash' group by a.bucket, a.subject),
bad as (
    select bucket, subject, coalesce(told.sum, 0) as told, coalesce(booked.sum, 0) as booked
    from told full join booked using (bucket, subject) where coalesce(told.sum, 0) <> coalesce(booked.sum, 0))
select (select count(*) from booked), (select count(*) from bad),
       array(select 'desk ' || subject || ' took ' || told || ', booked ' || booked from bad limit 5)
