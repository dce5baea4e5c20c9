with taken as (delete from staff_grant where staff = $1 and role = 'approver' returning staff, role, reach, about)
insert into staff_grant (staff, role, reach, about, granted_at) select staff, role, reach, about, clock_timestamp() from taken
