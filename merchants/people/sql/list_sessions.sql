select id, created_at, seen_at, address, agent from staff_session
where staff = $1 and ended_at is null and created_at > clock_timestamp() - interval '12 hours'
order by created_at desc
