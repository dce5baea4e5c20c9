with bad as (
    select r.bucket, r.id from payment_request r
    where r.status in ('open', 'partially_paid') and r.expires_at is not null
      and not exists (select from due d where d.bucket = r.bucket and d.kind = 'expire_request' and d.subject = r.id))
select (select count(*) from payment_request where status in ('open', 'partially_paid') and expires_at is not null), (select count(*) from bad),
       array(select 'request ' || id from bad limit 5)
