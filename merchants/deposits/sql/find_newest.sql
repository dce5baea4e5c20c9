select d.id, d.merchant, d.code, d.held, d.used, d.returned, d.status, d.created_at, d.settled_at
from unnest($1::int2[], $2::uuid[]) m(bucket, merchant)
cross join lateral (select * from deposit d where d.bucket = m.bucket and d.merchant = m.merchant and ($3::uuid is null or d.id < $3::uuid)
                    and ($4::text is null or d.status = $4::text::deposit_status) order by d.id desc limit $5::int8 offset 0) d
order by d.id desc limit $5::int8
