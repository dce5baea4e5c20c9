insert into exception_sweep (day) values (($1::timestamptz at time zone interval '7 hours')::date) on conflict do nothing
