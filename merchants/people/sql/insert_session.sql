insert into staff_session (id, token_hash, staff, address, agent)
select $1, $2, p.id, $4, $5 from staff p where p.id = $3 and p.password = $6 and p.revoked_at is null
for share
