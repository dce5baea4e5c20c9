-- read_since: what came after a seq, whoever it concerns
select e.bucket, e.seq, e.type, e.subject, e.merchant, e.body, e.at
from unnest($1::int2[], $2::int8[]) u(bucket, since)
cross join lateral (select * from event e where e.bucket = u.bucket and e.seq > u.since order by e.seq limit $3::int8 offset 0) e
order by e.bucket, e.seq
