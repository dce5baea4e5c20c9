select a.bucket, a.seq, a.at, a.actor_kind, a.actor, a.action, a.subject, a.body, a.hash
from audit a
where a.bucket = any($1::int2[]) and (a.bucket, a.seq) > ($2::int2, $3::int8)
  and ($4::timestamptz is null or a.at >= $4) and ($5::timestamptz is null or a.at < $5)
order by a.bucket, a.seq limit $6::int8
