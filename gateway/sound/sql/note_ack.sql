-- note_ack: everything up to there was said; never back, in whatever order two of them come
update sound_box set acked = greatest(acked, $2::bigint), seen_at = now() where id = $1::uuid and revoked_at is null
