-- last_day: the newest closed day of a bucket
select max(d.day) at time zone interval '7 hours' from (select d.day::timestamp as day from day_close d where d.bucket = $1::int2) d
