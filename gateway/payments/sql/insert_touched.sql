insert into account_day (bucket, day, account)
select distinct u.bucket, ($3::timestamptz at time zone interval '7 hours')::date, u.account
from each($2::int4[]) u(account)
on conflict do nothing
