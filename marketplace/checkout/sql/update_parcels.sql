with w as (
    update parcel p set delivered_at = u.delivered_at, status = 'delivered' from each($2::uuid[], $3::timestamptz[]) u(id, delivered_at)
    where p.bucket = u.bucket and p.id = u.id and p.id = any($2::uuid[]) returning 1)
select 1 / (count(*) = $4::int8)::int from w
