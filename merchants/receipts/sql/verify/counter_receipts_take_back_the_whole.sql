with bad as (
    select c.bucket, c.id from receipt c
    left join receipt r on r.bucket = c.bucket and r.id = c.cancels
    where c.cancels is not null and (r.id is null or r.cancels is not null or r.amount + c.amount <> 0 or r.merchant <> c.merchant
                                     or r.request <> c.request or r.cause <> c.cause)
    union all
    select bucket, id from receipt where (cancels is null) <> (amount > 0)
    union all
    select bucket, id from receipt where (((get_byte(uuid_send(id), 6) & 15) << 2) | (get_byte(uuid_send(id), 7) >> 6)) <> bucket)
select (select count(*) from receipt where cancels is not null), (select count(*) from bad), array(select 'receipt ' || id from bad limit 5)
