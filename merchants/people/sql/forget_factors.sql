with totp as (delete from staff_totp where staff = $1), codes as (delete from staff_recovery_code where staff = $1)
delete from staff_passkey where staff = $1
