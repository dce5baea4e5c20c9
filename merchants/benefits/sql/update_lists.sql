with w as (
    update benefit_list l set status = u.status::benefit_list_status, next = u.next, approver_kind = u.approver_kind::actor_kind,
           approver = u.approver, decided_at = u.decided_at
    from each($2::uuid[], $3::text[], $4::int4[], $5::text[], $6::uuid[], $7::timestamptz[]) u(id, status, next, approver_kind, approver, decided_at)
    where l.bucket = u.bucket and l.id = u.id returning 1)
select 1 / (count(*) = $8::int8)::int from w
