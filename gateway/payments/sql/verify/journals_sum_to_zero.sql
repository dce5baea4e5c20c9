with bad as (select bucket, journal, sum(amount) as sum, count(*) as entries from entry group by bucket, journal having sum(amount) <> 0 or count(*) < 2)
select (select count(*) from journal), (select count(*) from bad),
       array(select 'bucket ' || bucket || ' journal ' || journal || ' sums to ' || sum || ' over ' || entries || ' entries' from bad limit 5)
