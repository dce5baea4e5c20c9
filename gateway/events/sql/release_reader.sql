-- release_reader: gives the lease back, so that another process need not wait for its end
update reader r set lease_until = '-infinity', owner = ''
where r.bucket = any($1::int2[]) and r.name = $2::text and r.owner = $3::text
