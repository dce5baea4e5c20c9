-- days: the newest closed days over some buckets, each summed
select d.day::text, count(*), sum(d.accounts)::int8, sum(d.clearing)::int8, sum(d.unexplained)::int8, max(d.revision)::int8, max(d.closed_at)
from (select distinct on (d.bucket, d.day) d.* from day_close d where d.bucket = any($1::int2[]) order by d.bucket, d.day, d.revision desc) d
group by d.day order by d.day desc limit $2::int8
