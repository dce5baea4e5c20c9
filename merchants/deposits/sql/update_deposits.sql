with w as (
    update deposit d set held = u.held, used = u.used, returned = u.returned, status = u.status::deposit_status, settled_at = u.settled_at
    from each($2::uuid[], $3::int8[], $4::int8[], $5::int8[], $6::text[], $7::timestamptz[]) u(id, held, used, returned, status, settled_at)
    where d.bucket = u.bucket and d.id = u.id returning 1)
select 1 / (count(*) = $8::int8)::int from w
