select r.id, r.merchant, r.request, r.cause, r.token, r.symbol, r.year, r.number, r.amount, r.way, r.position, r.turn, r.cancels, r.what, r.reason,
       r.maker_kind, r.maker, r.occurred_at, r.issued_at
from each($2::uuid[]) u(request)
cross join lateral (select * from receipt r where r.bucket = u.bucket and r.request = u.request offset 0) r
