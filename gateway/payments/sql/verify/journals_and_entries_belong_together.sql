with bad as (
    select j.bucket, j.id, 'has no entry' as what from journal j
    where not exists (select from entry e where e.bucket = j.bucket and e.journal = j.id)
    union all
    select e.bucket, e.journal, 'is missing' from entry e
    where not exists (select from journal j where j.bucket = e.bucket and j.id = e.journal))
select (select count(*) from entry), (select count(*) from bad), array(select 'bucket ' || bucket || ' journal ' || id || ' ' || what from bad limit 5)
