-- list_payouts: newest first over some merchants, each in its own bucket
select payout_columns(o)
from unnest($1::int2[], $2::uuid[]) m(bucket, merchant)
cross join lateral (select * from payout o where o.bucket = m.bucket and o.merchant = m.merchant
                    and ($3::uuid is null or o.id < $3::uuid) and ($4::text is null or o.status = $4::text::payout_status)
                    order by o.id desc limit $5::int8 offset 0) o
order by o.id desc limit $5::int8
