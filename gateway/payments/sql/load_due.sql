select d.bucket, d.at, d.kind, d.subject
from due d where d.bucket = any($1::int2[]) and d.at <= (select clock_timestamp() + advance_us * interval '1 microsecond' from test_clock)
order by d.at limit $2::int8
