select c.id, c.merchant, c.request, c.receipt, c.token, c.kind, c.status, c.days, c.opened_at, c.deadline, c.opener_kind, c.opener, c.owner, c.answered_at, c.escalated_at, t.body, t.contact, a.body
from complaint c
left join complaint_text t on t.bucket = c.bucket and t.complaint = c.id and not t.answer
left join complaint_text a on a.bucket = c.bucket and a.complaint = c.id and a.answer
where c.bucket = $1::int2 and c.id = $2::uuid
