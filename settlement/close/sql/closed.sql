-- closed: the newest revision of a day, if it was closed
select d.revision from day_close d where d.bucket = $1::int2 and d.day = $2::date order by d.revision desc limit 1
