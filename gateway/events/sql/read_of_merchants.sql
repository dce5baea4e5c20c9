-- read_of_merchants: what concerns some merchants, in (since, until] of each bucket, oldest first
select e.bucket, e.seq, e.type, e.subject, e.merchant, e.body, e.at
from unnest($1::int2[], $2::int8[], $3::int8[]) u(bucket, since, until)
cross join lateral (select * from event e where e.bucket = u.bucket and e.seq > u.since and e.seq <= u.until
                    and e.merchant = any($4::uuid[]) order by e.seq limit $5::int8 offset 0) e
order by e.at, e.bucket, e.seq
limit $5::int8
