with run as (
    select bucket, seq, at, row_number() over w as expected, lag(at) over w as before from event window w as (partition by bucket order by seq)),
bad as (select * from run where seq <> expected or at < before)
select (select count(*) from event), (select count(*) from bad),
       array(select 'bucket ' || bucket || ' seq ' || seq || ', expected ' || expected from bad limit 5)
