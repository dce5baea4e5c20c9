with old as (delete from lookup_attempt where hour < $2::timestamptz - interval '2 hours')
insert into lookup_attempt (subject, hour, count)
select sha256(convert_to(u.subject, 'UTF8')), $2::timestamptz, 1 from unnest($1::text[]) u(subject)
on conflict (subject, hour) do update set count = lookup_attempt.count + 1
returning count
