select i.id, i.list, i.programme, i.period, i.code, i.position, i.round, i.amount, i.way, i.problem, i.warning, i.payout, i.cash_paid
from each($2::uuid[], $3::int4[]) u(list, position)
cross join lateral (select * from benefit_item i where i.bucket = u.bucket and i.list = u.list and i.position = u.position offset 0) i
