insert into sign_in_attempt as a (subject, failures, allowed, longest, last_at, wait_until)
select u.subject, 1, u.allowed, u.longest, clock_timestamp(), clock_timestamp()
from unnest($1::bytea[], $2::int4[], $3::int4[], $4::boolean[]) u(subject, allowed, longest, always)
where u.always
   or not exists (select from sign_in_attempt b where b.subject = any($1::bytea[]) and b.wait_until > clock_timestamp())
order by u.subject
on conflict (subject) do update set
    failures = case when a.wait_until < clock_timestamp() - interval '15 minutes' then 1 else a.failures + 1 end,
    last_at = clock_timestamp(),
    wait_until = clock_timestamp() + case
        when a.wait_until < clock_timestamp() - interval '15 minutes' or a.failures < a.allowed then interval '0'
        else least(a.longest, power(2, least(a.failures - a.allowed, 20))) * interval '1 second' end
where a.wait_until <= clock_timestamp()
