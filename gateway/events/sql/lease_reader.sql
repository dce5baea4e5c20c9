-- lease_reader: takes or renews the buckets that nobody else holds
update reader r set owner = $3::text, lease_until = clock_timestamp() + $4::int8 * interval '1 millisecond'
where r.bucket = any($1::int2[]) and r.name = $2::text and (r.owner = $3::text or r.lease_until < clock_timestamp())
returning r.bucket, r.seq
