select p.merchant, p.code, u.period, i.code, i.round,
       (l.status = 'rejected' or coalesce(o.status = 'failed' or o.returned_by is not null, false) or coalesce(not i.cash_paid, false)) as dead
from each($2::uuid[], $3::text[], $4::text[]) u(merchant, code, period)
cross join lateral (select * from benefit_programme p where p.bucket = u.bucket and p.merchant = u.merchant and p.code = u.code offset 0) p
join benefit_item i on i.bucket = p.bucket and i.programme = p.id and i.period = u.period and i.problem = ''
join benefit_list l on l.bucket = i.bucket and l.id = i.list
left join payout o on o.bucket = i.bucket and o.id = i.payout
