with shared as (select bucket, journal, merchant, sum(amount) as amount from share group by bucket, journal, merchant having sum(amount) <> 0),
booked as (
    select e.bucket, e.journal, a.subject as merchant, -sum(e.amount) as amount
    from (select distinct bucket, journal from share) s
    join entry e on e.bucket = s.bucket and e.journal = s.journal
    join ledger_account a on a.bucket = e.bucket and a.id = e.account and a.kind in ('received', 'due_seen', 'due_confirmed')
    group by e.bucket, e.journal, a.subject),
bad as (
    select bucket, journal, merchant, shared.amount as shared, booked.amount as booked
    from shared full join booked using (bucket, journal, merchant) where shared.amount is distinct from booked.amount)
select (select count(*) from shared), (select count(*) from bad),
       array(select 'bucket ' || bucket || ' journal ' || journal || ' merchant ' || merchant || ' has ' || coalesce(shared, 0) || ', booked '
                    || coalesce(booked, 0) from bad limit 5)
