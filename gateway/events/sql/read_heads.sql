-- read_heads: the newest seq of each bucket, 0 where nothing happened yet
select b.bucket, coalesce((select e.seq from event e where e.bucket = b.bucket order by e.seq desc limit 1), 0::int8)
from unnest($1::int2[]) b(bucket)
