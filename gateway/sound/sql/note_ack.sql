-- note_ack: everything up to there was said
update sound_box set acked = $2::text, seen_at = now() where id = $1::uuid and revoked_at is null
