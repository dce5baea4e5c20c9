delete from staff_grant where staff = $1
