select l.id, l.programme, l.merchant, l.account, l.period, l.file_name, l.file_hash, l.rows_all, l.rows_good, l.amount, l.cash_amount, l.status, l.next,
       l.maker_kind, l.maker, l.approver_kind, l.approver, l.created_at, l.decided_at, l.live
from each($2::uuid[]) u(id)
cross join lateral (select * from benefit_list l where l.bucket = u.bucket and l.id = u.id offset 0) l
