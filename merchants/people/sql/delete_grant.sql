delete from staff_grant where staff = $1 and role = $2::staff_role and reach = $3::role_reach and about = $4
