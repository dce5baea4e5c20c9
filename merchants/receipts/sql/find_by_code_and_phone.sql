with known as (
    select p.bucket, p.id from person p where p.bucket = any($1::int2[]) and p.phone = $3::text),
payers as (
    select p.bucket, p.id from known k join payer p on p.bucket = k.bucket and p.id = k.id
    union
    select g.bucket, g.payer from known k join guardian g on g.bucket = k.bucket and g.person = k.id),
bills as (
    select b.bucket, b.id, b.request, b.number from payers p join bill b on b.bucket = p.bucket and b.payer = p.id),
places as (
    select b.bucket, b.request, null::smallint as position, b.number from bills b where b.request is not null
    union
    select g.bucket, g.request, g.position, b.number from bills b join bill_group g on g.bucket = b.bucket and g.bill = b.id)
select shown_columns
from places b
join receipt r on r.bucket = b.bucket and r.request = b.request and r.position = coalesce(b.position, r.position)
join payment_request q on q.bucket = r.bucket and q.id = r.request
shown_joins
where $2::text in (b.number, q.reference, r.symbol || '-' || r.year || '-' || lpad(r.number::text, greatest(7, length(r.number::text)), '0'))
order by r.issued_at desc limit 20
