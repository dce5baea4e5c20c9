select c.id, c.merchant, c.request, c.receipt, c.token, c.kind, c.status, c.days, c.opened_at, c.deadline, c.opener_kind, c.opener, c.owner, c.answered_at, c.escalated_at
from each($2::uuid[]) u(request)
cross join lateral (select * from complaint c where c.bucket = u.bucket and c.request = u.request and c.status = 'open' offset 0) c
