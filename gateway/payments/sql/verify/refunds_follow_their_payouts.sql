with bad as (
    select f.bucket, f.id, f.status::text as status, o.status::text as payout from refund f
    left join payout o on o.bucket = f.bucket and o.refund = f.id
    where (o.id is not null and (o.status::text <> f.status::text or o.amount <> f.amount))
       or (o.id is null and f.status in ('submitted', 'unknown'))
       or (f.status in ('proposed', 'failed') and f.taken_from is not null)
       or (o.id is not null and f.status <> 'failed' and f.taken_from is null)
    union all
    select o.bucket, o.id, o.status::text, 'line' from payout o
    where o.line is not null and not exists (
        select from payment p where p.bucket = o.bucket and p.id = o.line and p.status = 'sent' and p.amount = -o.amount and o.status = 'succeeded'))
select (select count(*) from refund), (select count(*) from bad),
       array(select 'refund ' || id || ' is ' || status || ', its payout ' || coalesce(payout, 'missing') from bad limit 5)
