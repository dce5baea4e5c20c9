with bad as (
    select i.bucket, i.subject from idempotency i
    where i.outcome = 0 and not exists (select from payment_request r where r.bucket = i.bucket and r.id = i.subject))
select (select count(*) from idempotency), (select count(*) from bad), array(select 'subject ' || subject from bad limit 5)
