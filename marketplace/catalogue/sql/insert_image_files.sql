insert into image_file (bucket, image, width, format, content) select $1, $2, n.* from unnest($3::int4[], $4::text[], $5::bytea[]) as n
