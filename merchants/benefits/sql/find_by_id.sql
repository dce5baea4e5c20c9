select l.id, l.programme, l.merchant, l.account, l.period, l.file_name, l.file_hash, l.rows_all, l.rows_good, l.amount, l.cash_amount, l.status, l.next,
       l.maker_kind, l.maker, l.approver_kind, l.approver, l.created_at, l.decided_at, l.live, coalesce(p.code, ''), coalesce(p.name, ''),
       f.paid, coalesce(f.paid_sum, 0)::int8, f.under_way, coalesce(f.under_way_sum, 0)::int8, f.unpaid, coalesce(f.unpaid_sum, 0)::int8,
       f.waiting, coalesce(f.waiting_sum, 0)::int8, f.cash_paid, coalesce(f.cash_paid_sum, 0)::int8, f.cash_open, coalesce(f.cash_open_sum, 0)::int8,
       f.not_collected, coalesce(f.not_collected_sum, 0)::int8, f.problems, f.warnings
from (select * from benefit_list l where l.bucket = $1::int2 and l.id = $2::uuid) l
list_figures
