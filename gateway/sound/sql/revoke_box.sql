-- revoke_box: by its serial
update sound_box set revoked_at = now() where serial = $1::text and revoked_at is null
