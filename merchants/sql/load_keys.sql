select id, name, prefix, live, scopes, hash from api_key where revoked_at is null
