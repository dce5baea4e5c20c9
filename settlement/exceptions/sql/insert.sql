insert into exception (bucket, id, kind, subject, account, merchant, amount, occurred_at, opened_at, state, owner, action, target, stall, reason,
                       maker_kind, maker, approver_kind, approver, proposed_at, decided_at, ended)
select u.bucket, u.id, u.kind::exception_kind, u.subject, u.account, u.merchant, u.amount, u.occurred_at, u.opened_at, u.state::exception_state,
       u.owner, u.action::exception_action, u.target, u.stall, u.reason, u.maker_kind::actor_kind, u.maker, u.approver_kind::actor_kind, u.approver,
       u.proposed_at, u.decided_at, u.ended
from each($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::int8[], $8::timestamptz[], $9::timestamptz[], $10::text[], $11::uuid[],
          $12::text[], $13::uuid[], $14::uuid[], $15::text[], $16::text[], $17::uuid[], $18::text[], $19::uuid[], $20::timestamptz[],
          $21::timestamptz[], $22::text[])
     u(id, kind, subject, account, merchant, amount, occurred_at, opened_at, state, owner, action, target, stall, reason, maker_kind, maker,
       approver_kind, approver, proposed_at, decided_at, ended)
