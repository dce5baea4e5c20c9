select bill_columns
from unnest($1::int2[], $2::uuid[]) u(bucket, payer)
cross join lateral (select * from bill b where b.bucket = u.bucket and b.payer = u.payer and b.stage in ('issued', 'written_off')
                    order by b.id desc limit 100 offset 0) b bill_joins
order by b.id desc
