select s.state, s.reason, count(*), coalesce(sum(s.amount), 0)::int8
from (select line_state as state, case when i.problem <> '' then i.problem else coalesce(o.failure, '') end as reason, i.amount
      from benefit_item i left join payout o on o.bucket = i.bucket and o.id = i.payout
      where i.bucket = $1::int2 and i.list = $2::uuid) s
where s.state in ('failed', 'returned', 'refused', 'cash_not_collected')
group by 1, 2 order by 3 desc, 1, 2
