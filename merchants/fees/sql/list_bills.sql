select bill_columns
from unnest($1::int2[], $2::uuid[]) m(bucket, merchant)
cross join lateral (select * from bill b where b.bucket = m.bucket and b.merchant = m.merchant and ($3::uuid is null or b.id < $3::uuid)
                    and ($4::text is null or b.told = $4::text) and ($5::uuid is null or b.unit = $5::uuid)
                    and (not $7::bool or b.told in ('open', 'partially_paid'))
                    order by b.id desc limit $6::int8 offset 0) b bill_joins
order by b.id desc limit $6::int8
