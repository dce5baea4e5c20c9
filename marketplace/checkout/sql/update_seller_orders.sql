with w as (
    update seller_order s
    set status = u.status::order_status, reason = u.reason, credited = u.credited, credited_commission = u.commission, credited_tax = u.tax,
        updated_at = u.updated_at
    from each($2::uuid[], $3::text[], $4::text[], $5::int8[], $6::int8[], $7::int8[], $8::timestamptz[])
         u(id, status, reason, credited, commission, tax, updated_at)
    where s.bucket = u.bucket and s.id = u.id and s.id = any($2::uuid[]) returning 1)
select 1 / (count(*) = $9::int8)::int from w
