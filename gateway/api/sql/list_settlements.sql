-- list_settlements: newest first over some collectors' own merchants, each in its own bucket
select s.id, s.merchant, s.account, s.amount, s.until, s.maker_kind, s.maker, s.created_at
from unnest($1::int2[], $2::uuid[]) m(bucket, merchant)
cross join lateral (select * from settlement_batch s where s.bucket = m.bucket and s.merchant = m.merchant and ($3::uuid is null or s.id < $3::uuid)
                    order by s.id desc limit $4::int8 offset 0) s
order by s.id desc limit $4::int8
