with w as (
    update stock s set on_hand = s.on_hand + u.hand, reserved = s.reserved + u.held from each($2::uuid[], $3::int8[], $4::int8[]) u(id, hand, held)
    where s.bucket = u.bucket and s.variant = u.id and s.variant = any($2::uuid[]) returning 1)
select 1 / (count(*) = $5::int8)::int from w
