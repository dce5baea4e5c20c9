select count(*) from api_key where name = $1 and revoked_at is null
