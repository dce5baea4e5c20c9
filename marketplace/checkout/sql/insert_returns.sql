insert into order_return (bucket, id, "order", created_at, status, reason)
select u.bucket, u.id, u.parent, u.created_at, 'requested', u.reason
from each($2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[]) u(id, parent, created_at, reason)
