insert into audit (bucket, seq, at, actor_kind, actor, action, subject, body, hash)
select u.bucket, u.seq, u.at, u.actor_kind::actor_kind, u.actor, u.action, u.subject, u.body, u.hash
from each($2::int8[], $3::timestamptz[], $4::text[], $5::uuid[], $6::text[], $7::uuid[], $8::text[], $9::bytea[])
     u(seq, at, actor_kind, actor, action, subject, body, hash)
