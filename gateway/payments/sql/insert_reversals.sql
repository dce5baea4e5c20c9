insert into reversal (bucket, payment, id, actor_kind, actor, reason, at)
select u.bucket, u.payment, u.id, u.actor_kind::actor_kind, u.actor, u.reason, u.at
from each($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::timestamptz[]) u(payment, id, actor_kind, actor, reason, at)
