with codes as (delete from staff_recovery_code where staff = $1)
delete from staff_totp where staff = $1
