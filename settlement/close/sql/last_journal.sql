-- last_journal: of a bucket, before the day's end; and whether the bucket has any
select last_journal_before($1::int2, (($2::date + 1)::timestamp at time zone interval '7 hours')),
       coalesce((select j.id from journal j where j.bucket = $1::int2 order by j.id desc limit 1), 0)
