delete from staff_session where id in (
    select id from staff_session
    where ended_at < clock_timestamp() - interval '1 day' or created_at < clock_timestamp() - interval '36 hours'
    limit 100 for update skip locked)
