-- What the receipts of one payment say together, counters set off, is no more than what came; and each lies with its request.
with given as (
    select bucket, cause, sum(amount) as sum from receipt where way = 'transfer' group by bucket, cause),
bad as (
    select g.bucket, g.cause, 'says ' || g.sum || ', came ' || coalesce(p.amount, 0) as why
    from given g left join payment p on p.bucket = g.bucket and p.id = g.cause where g.sum > coalesce(p.amount, 0) or g.sum < 0
    union all
    select r.bucket, r.id, 'has no request in its bucket' from receipt r
    where not exists (select from payment_request q where q.bucket = r.bucket and q.id = r.request))
select (select count(*) from given), (select count(*) from bad), array(select 'cause ' || cause || ' ' || why from bad limit 5)
