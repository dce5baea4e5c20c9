-- What was kept of a payer's excess less what bills have used of it is what the payer's account holds, and it is never less
-- than nothing.
with moved as (
    select bucket, payer, -amount as amount from bill_kept
    union all
    select c.bucket, b.payer, c.amount from bill_cover c join bill b on b.bucket = c.bucket and b.id = c.bill where c.kind = 'credit'),
told as (select bucket, payer as subject, sum(amount) as sum from moved group by bucket, payer),
booked as (
    select a.bucket, a.subject, sum(e.amount) as sum
    from ledger_account a join entry e on e.bucket = a.bucket and e.account = a.id where a.kind = 'credit' group by a.bucket, a.subject),
bad as (
    select bucket, subject, coalesce(told.sum, 0) as told, coalesce(booked.sum, 0) as booked
    from told full join booked using (bucket, subject)
    where coalesce(told.sum, 0) <> coalesce(booked.sum, 0) or coalesce(booked.sum, 0) > 0)
select (select count(*) from booked), (select count(*) from bad),
       array(select 'payer ' || subject || ' kept ' || told || ', booked ' || booked from bad limit 5)
