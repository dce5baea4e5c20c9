select n.bucket, n.seq, n.at, n.actor_kind, n.actor, n.action, n.subject, n.body, n.hash
from bucket b cross join lateral
     (select * from audit a
      where a.bucket = b.bucket and ($1::timestamptz is null or a.at >= $1) and ($2::timestamptz is null or a.at < $2)
      order by a.seq desc limit $3::int8) n
order by n.at desc, n.bucket, n.seq desc limit $3::int8
