select i.id, i.list, i.programme, i.period, i.code, i.position, i.round, i.amount, i.way, i.problem, i.warning, i.payout, i.cash_paid
from each($2::uuid[]) u(id)
cross join lateral (select l.next from benefit_list l where l.bucket = u.bucket and l.id = u.id offset 0) l
cross join lateral (select * from benefit_item i where i.bucket = u.bucket and i.list = u.id and i.position >= l.next and i.way = 'transfer'
                    and i.problem = '' and i.payout is null order by i.position limit $3::int8 offset 0) i
