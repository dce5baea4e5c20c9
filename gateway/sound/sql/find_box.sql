-- find_box: by the hash of its token
select b.id, b.stall, b.dialect, b.acked from sound_box b where b.token_hash = $1::bytea and b.revoked_at is null
