-- advance_reader: stores how far it has read, unless the lease went to another
update reader r set seq = u.seq
from unnest($1::int2[], $2::int8[]) u(bucket, seq)
where r.bucket = u.bucket and r.name = $3::text and r.owner = $4::text and r.seq < u.seq
