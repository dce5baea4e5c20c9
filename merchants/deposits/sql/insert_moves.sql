insert into deposit_move (bucket, id, deposit, kind, amount, what, actor_kind, actor, at)
select u.bucket, u.id, u.deposit, u.kind::deposit_move_kind, u.amount, u.what, u.actor_kind::actor_kind, u.actor, u.at
from each($2::uuid[], $3::uuid[], $4::text[], $5::int8[], $6::text[], $7::text[], $8::uuid[], $9::timestamptz[])
     u(id, deposit, kind, amount, what, actor_kind, actor, at)
