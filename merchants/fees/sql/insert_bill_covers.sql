insert into bill_cover (bucket, bill, id, kind, amount, desk, undoes, actor_kind, actor, outside_id, reason, at)
select u.bucket, u.bill, u.id, u.kind, u.amount, u.desk, u.undoes, u.actor_kind::actor_kind, u.actor, nullif(u.outside_id, ''), u.reason, u.at
from each($2::uuid[], $3::uuid[], $4::text[], $5::int8[], $6::uuid[], $7::uuid[], $8::text[], $9::uuid[], $10::text[], $11::text[],
          $12::timestamptz[])
     u(bill, id, kind, amount, desk, undoes, actor_kind, actor, outside_id, reason, at)
