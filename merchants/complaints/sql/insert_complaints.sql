insert into complaint (bucket, id, merchant, request, receipt, token, kind, status, days, opened_at, deadline, opener_kind, opener, owner, answered_at)
select u.bucket, u.id, u.merchant, u.request, u.receipt, u.token, u.kind::complaint_kind, u.status::complaint_status, u.days, u.opened_at, u.deadline,
       u.opener_kind::actor_kind, u.opener, u.owner, u.answered_at
from each($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::int2[], $10::timestamptz[], $11::timestamptz[], $12::text[],
          $13::uuid[], $14::uuid[], $15::timestamptz[])
     u(id, merchant, request, receipt, token, kind, status, days, opened_at, deadline, opener_kind, opener, owner, answered_at)
