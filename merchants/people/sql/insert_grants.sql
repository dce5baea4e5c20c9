insert into staff_grant (staff, role, reach, about, granted_at)
select $1, u.role::staff_role, u.reach::role_reach, u.about, clock_timestamp() - $5::int4 * interval '1 hour'
from unnest($2::text[], $3::text[], $4::uuid[]) u(role, reach, about)
on conflict do nothing
