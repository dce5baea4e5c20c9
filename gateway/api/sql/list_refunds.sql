-- list_refunds: newest first over some merchants, each in its own bucket
select refund_columns(f)
from unnest($1::int2[], $2::uuid[]) m(bucket, merchant)
cross join lateral (select * from refund f where f.bucket = m.bucket and f.merchant = m.merchant
                    and ($3::uuid is null or f.id < $3::uuid) and ($4::text is null or f.status = $4::text::refund_status)
                    order by f.id desc limit $5::int8 offset 0) f
order by f.id desc limit $5::int8
