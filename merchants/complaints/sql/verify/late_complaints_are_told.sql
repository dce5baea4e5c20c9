-- An open complaint has its deadline before it, or was escalated; an answered one has an answer and an owner.
with bad as (
    select c.bucket, c.id from complaint c
    where (c.status = 'open' and c.escalated_at is null
           and not exists (select from due d where d.bucket = c.bucket and d.kind = 'complaint_deadline' and d.subject = c.id))
       or (c.status = 'answered') <> (c.answered_at is not null) or (c.status = 'answered' and c.owner is null)
       or (c.status = 'answered' and not exists (select from complaint_text t where t.bucket = c.bucket and t.complaint = c.id and t.answer))
       or (((get_byte(uuid_send(c.id), 6) & 15) << 2) | (get_byte(uuid_send(c.id), 7) >> 6)) <> c.bucket)
select (select count(*) from complaint), (select count(*) from bad), array(select 'complaint ' || id from bad limit 5)
