select c.id, c.merchant, c.request, c.receipt, c.token, c.kind, c.status, c.days, c.opened_at, c.deadline, c.opener_kind, c.opener, c.owner, c.answered_at, c.escalated_at, t.body, t.contact, a.body
from unnest($1::int2[], $2::uuid[]) m(bucket, merchant)
cross join lateral (select * from complaint c where c.bucket = m.bucket and c.merchant = m.merchant and ($3::uuid is null or c.id < $3::uuid)
                    and ($4::text is null or c.status = $4::text::complaint_status) order by c.id desc limit $5::int8 offset 0) c
left join complaint_text t on t.bucket = c.bucket and t.complaint = c.id and not t.answer
left join complaint_text a on a.bucket = c.bucket and a.complaint = c.id and a.answer
order by c.id desc limit $5::int8
