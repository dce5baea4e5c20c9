with counted as (
    update stamp set checks = checks + 1 where bucket = $1 and serial = $2 returning bucket, batch, first_at, first_place, checks, secret_hash
)
select b.lot, c.first_at, c.first_place, c.checks, coalesce(c.secret_hash = $3, false), b.activated_at is not null, l.recalled_at is not null,
       coalesce(l.expires_on < ($4::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date, false),
       coalesce(l.sold_until < ($4::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date, false)
from counted c join stamp_batch b on b.bucket = c.bucket and b.id = c.batch join lot l on l.bucket = b.bucket and l.id = b.lot
