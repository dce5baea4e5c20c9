with w as (
    update complaint c set status = u.status::complaint_status, owner = u.owner, answered_at = u.answered_at, escalated_at = u.escalated_at
    from each($2::uuid[], $3::text[], $4::uuid[], $5::timestamptz[], $6::timestamptz[]) u(id, status, owner, answered_at, escalated_at)
    where c.bucket = u.bucket and c.id = u.id returning 1)
select 1 / (count(*) = $7::int8)::int from w
