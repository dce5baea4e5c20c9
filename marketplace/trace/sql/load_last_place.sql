select at, latitude::text, longitude::text from stamp_check
where bucket = $1 and serial = $2 and latitude is not null and at > $3::timestamptz - interval '48 hours' order by at desc limit 1
