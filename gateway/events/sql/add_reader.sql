-- add_reader: its rows, one a bucket, at the first start of its life
insert into reader (bucket, name) select b.bucket, $2::text from unnest($1::int2[]) b(bucket)
on conflict (bucket, name) do nothing
