select i.id, i.list, i.programme, i.period, i.code, i.position, i.round, i.amount, i.way, i.problem, i.warning, i.payout, i.cash_paid,
       d.name, d.bin, d.account, i.state, coalesce(i.failure, '')
from (select i.*, o.failure, line_state as state
      from benefit_item i left join payout o on o.bucket = i.bucket and o.id = i.payout
      where i.bucket = $1::int2 and i.list = $2::uuid and i.position >= $3::int4) i
left join person d on d.bucket = i.bucket and d.id = i.id
where $4::text = '' or i.state = $4::text or ($4::text = 'unpaid' and i.state in ('failed', 'returned', 'refused', 'cash_not_collected'))
   or ($4::text = 'cash' and i.state in ('cash_open', 'cash_paid', 'cash_not_collected')) or ($4::text = 'warned' and i.warning <> '')
order by i.position limit $5::int8
