delete from staff_recovery_code where staff = $1
