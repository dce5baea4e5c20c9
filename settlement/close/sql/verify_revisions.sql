-- verify_revisions: revisions run from 1 without gap, and all of a day stand on the same journal
with rows as (
    select d.bucket, d.day, count(*) as count, max(d.revision) as last, count(distinct d.journal) as journals from day_close d group by d.bucket, d.day),
bad as (select * from rows where count <> last or journals <> 1)
select (select count(*) from rows), (select count(*) from bad), array(select 'bucket ' || bucket || ' day ' || day from bad limit 5)
