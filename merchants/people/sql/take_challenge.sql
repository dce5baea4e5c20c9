with old as (select id, challenge, challenge_at from staff_session where id = $1 and ended_at is null for update)
update staff_session s set challenge = null from old where s.id = old.id
returning old.challenge, old.challenge_at > clock_timestamp() - interval '5 minutes'
