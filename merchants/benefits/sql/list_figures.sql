left join benefit_programme p on p.bucket = l.bucket and p.id = l.programme
cross join lateral (
    select count(*) filter (where s = 'paid') as paid, sum(amount) filter (where s = 'paid') as paid_sum,
           count(*) filter (where s = 'under_way') as under_way, sum(amount) filter (where s = 'under_way') as under_way_sum,
           count(*) filter (where s in ('failed', 'returned')) as unpaid, sum(amount) filter (where s in ('failed', 'returned')) as unpaid_sum,
           count(*) filter (where s = 'waiting') as waiting, sum(amount) filter (where s = 'waiting') as waiting_sum,
           count(*) filter (where s = 'cash_paid') as cash_paid, sum(amount) filter (where s = 'cash_paid') as cash_paid_sum,
           count(*) filter (where s = 'cash_open') as cash_open, sum(amount) filter (where s = 'cash_open') as cash_open_sum,
           count(*) filter (where s = 'cash_not_collected') as not_collected, sum(amount) filter (where s = 'cash_not_collected') as not_collected_sum,
           count(*) filter (where s = 'refused') as problems, count(*) filter (where warning <> '') as warnings
    from (select i.amount, i.warning, line_state as s
          from benefit_item i left join payout o on o.bucket = i.bucket and o.id = i.payout
          where i.bucket = l.bucket and i.list = l.id) i) f
