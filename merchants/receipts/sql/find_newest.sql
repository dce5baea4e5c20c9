select shown_columns
from unnest($1::int2[], $2::uuid[]) m(bucket, merchant)
cross join lateral (select * from receipt r where r.bucket = m.bucket and r.merchant = m.merchant and ($3::uuid is null or r.id < $3::uuid)
                    order by r.id desc limit $4::int8 offset 0) r
shown_joins
order by r.id desc limit $4::int8
