insert into staff_grant (staff, role, reach, about)
select $1, u.role::staff_role, u.reach::role_reach, u.about from unnest($2::text[], $3::text[], $4::uuid[]) u(role, reach, about)
on conflict do nothing
