-- verify_sums: after each closed day the last closings of all accounts of a bucket sum to zero, and no entry of the day is left out
with days as (select distinct d.bucket, d.day, d.journal from day_close d),
last as (
    select distinct on (d.bucket, d.day, b.account) d.bucket, d.day, b.account, b.closing
    from days d join day_balance b on b.bucket = d.bucket and b.day <= d.day order by d.bucket, d.day, b.account, b.day desc),
sums as (select d.bucket, d.day, coalesce(sum(l.closing), 0) as sum from days d left join last l on l.bucket = d.bucket and l.day = d.day group by d.bucket, d.day),
bad as (select bucket, day, 'sums to ' || sum as what from sums where sum <> 0)
select (select count(*) from sums), (select count(*) from bad), array(select 'bucket ' || bucket || ' day ' || day || ' ' || what from bad limit 5)
