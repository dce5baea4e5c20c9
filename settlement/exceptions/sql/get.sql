-- get: one by itself
select exception_columns(x), p.reference, t.content, p.bank_ref, s.name
from exception x
left join lateral (select p.reference, p.bank_ref from payment p where p.bucket = x.bucket and p.id = x.subject) p on true
left join lateral (select t.content from bank_text t where t.bucket = x.bucket and t.payment = x.subject and t.content is not null limit 1) t on true
left join staff s on s.id = x.owner
where x.bucket = $1::int2 and x.id = $2::uuid
