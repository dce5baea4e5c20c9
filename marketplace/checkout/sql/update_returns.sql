with w as (
    update order_return r set status = u.status::return_status, answer = u.answer, decided_at = u.decided_at
    from each($2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) u(id, status, answer, decided_at)
    where r.bucket = u.bucket and r.id = u.id and r.id = any($2::uuid[]) returning 1)
select 1 / (count(*) = $6::int8)::int from w
