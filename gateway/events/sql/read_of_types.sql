-- read_of_types: the events of some types in (since, until] of each bucket
select e.bucket, e.seq, e.type, e.subject, e.merchant, e.body, e.at
from unnest($1::int2[], $2::int8[], $3::int8[]) u(bucket, since, until)
cross join lateral (select * from event e where e.bucket = u.bucket and e.seq > u.since and e.seq <= u.until
                    and e.type = any($4::text[]::event_type[]) order by e.seq limit $5::int8 offset 0) e
order by e.bucket, e.seq
