insert into bill_change (bucket, bill, n, revision, amount, actor_kind, actor, what, reason, at)
select u.bucket, u.bill, u.n, u.revision, u.amount, u.actor_kind::actor_kind, u.actor, u.what, u.reason, u.at
from each($2::uuid[], $3::int4[], $4::int4[], $5::int8[], $6::text[], $7::uuid[], $8::text[], $9::text[], $10::timestamptz[])
     u(bill, n, revision, amount, actor_kind, actor, what, reason, at)
