with w as (
    update exception x set state = u.state::exception_state, owner = u.owner, action = u.action::exception_action, target = u.target,
           stall = u.stall, reason = u.reason, maker_kind = u.maker_kind::actor_kind, maker = u.maker, approver_kind = u.approver_kind::actor_kind,
           approver = u.approver, proposed_at = u.proposed_at, decided_at = u.decided_at, ended = u.ended
    from each($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::uuid[], $7::uuid[], $8::text[], $9::text[], $10::uuid[], $11::text[], $12::uuid[],
              $13::timestamptz[], $14::timestamptz[], $15::text[])
         u(id, state, owner, action, target, stall, reason, maker_kind, maker, approver_kind, approver, proposed_at, decided_at, ended)
    where x.bucket = u.bucket and x.id = u.id and x.id = any($2::uuid[])
    returning 1)
select 1 / (count(*) = $16::int8)::int from w
