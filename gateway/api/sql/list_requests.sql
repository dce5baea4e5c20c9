-- list_requests: newest first over some merchants, each in its own bucket
select request_columns(r)
from unnest($1::int2[], $2::uuid[]) m(bucket, merchant)
cross join lateral (select * from payment_request r where r.bucket = m.bucket and r.merchant = m.merchant
                    and ($3::uuid is null or r.id < $3::uuid) and ($4::text is null or r.status = $4::text::request_status)
                    order by r.id desc limit $5::int8 offset 0) r
order by r.id desc limit $5::int8
