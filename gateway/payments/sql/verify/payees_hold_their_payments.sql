with told as (
    select bucket, merchant as subject, -sum(amount) as sum from (
        select p.bucket, p.merchant, p.amount from payment p
        left join payment_request r on r.bucket = p.bucket and r.id = p.request
        where p.status = 'allocated' and r.fill is null
        union all
        select bucket, merchant, amount from share) whole group by bucket, merchant),
booked as (
    select a.bucket, a.subject, sum(e.amount) as sum
    from ledger_account a join entry e on e.bucket = a.bucket and e.account = a.id
    where a.kind in ('received', 'due_seen', 'due_confirmed') group by a.bucket, a.subject),
bad as (
    select bucket, subject, coalesce(told.sum, 0) as told, coalesce(booked.sum, 0) as booked
    from told full join booked using (bucket, subject) where coalesce(told.sum, 0) <> coalesce(booked.sum, 0))
select (select count(*) from booked), (select count(*) from bad),
       array(select 'merchant ' || subject || ' was paid ' || told || ', booked ' || booked from bad limit 5)
