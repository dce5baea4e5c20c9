with w as (
    update refund f set status = u.status::refund_status
    from each($2::uuid[], $3::text[]) u(id, status)
    where f.bucket = u.bucket and f.id = u.id and f.id = any($2::uuid[])
    returning 1)
select 1 / (count(*) = $4::int8)::int from w
