-- One submission at most in a payout's life, and none without an approval by a person who is not the maker.
with submissions as (select bucket, subject, count(*) as times from event where type = 'payout.submitted' group by bucket, subject),
bad as (
    select o.bucket, o.id, o.status, coalesce(s.times, 0) as times from payout o
    left join submissions s on s.bucket = o.bucket and s.subject = o.id
    where coalesce(s.times, 0) <> (o.attempt is not null)::int
       or (o.status in ('submitted', 'unknown') and (o.attempt is null or o.submitted_at is null))
       or (o.status in ('proposed', 'approved') and o.attempt is not null)
       or (o.status = 'unknown' and not exists (select from due d where d.bucket = o.bucket and d.subject = o.id)
           and not exists (select from event e where e.bucket = o.bucket and e.subject = o.id and e.type = 'payout.unresolved'))
       or (o.status = 'submitted' and not exists (select from due d where d.bucket = o.bucket and d.subject = o.id))
       or (o.status <> 'proposed' and o.failure <> 'rejected'
           and (o.approver_kind is distinct from 'person' or o.reference is null or (o.maker_kind = 'person' and o.approver = o.maker))))
select (select count(*) from payout), (select count(*) from bad),
       array(select 'payout ' || id || ' ' || status || ', submitted ' || times || ' times' from bad limit 5)
