select b.bucket, h.seq, h.at, h.hash
from each_bucket b cross join lateral
     (select a.seq, a.at, a.hash from audit a where a.bucket = b.bucket order by a.seq desc limit 1) h
