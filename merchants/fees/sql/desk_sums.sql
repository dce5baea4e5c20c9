-- desk_sums: of everything that was ever asked for; what is left only of what can still be paid.
select coalesce(sum(x.amount), 0)::int8, coalesce(sum(x.paid), 0)::int8, coalesce(sum(x.left_to_pay), 0)::int8, count(*) filter (where x.left_to_pay > 0)
from (select b.amount, m.paid, case when b.stage = 'issued' then greatest(b.amount - m.paid, 0) else 0 end as left_to_pay
      from bill b
      left join payment_request r on r.bucket = b.bucket and r.id = b.request
      cross join lateral (select coalesce(r.amount_paid, 0)
                                 + (select coalesce(sum(c.amount), 0) from bill_cover c where c.bucket = b.bucket and c.bill = b.id)
                                 + (select coalesce(sum(s.amount), 0) from bill_group g join share s on s.bucket = g.bucket and s.request = g.request and s.position = g.position
                                    where g.bucket = b.bucket and g.bill = b.id) as paid) m
      where b.bucket = $1::int2 and b.merchant = $2::uuid and ($3::uuid is null or b.unit = $3::uuid) and b.stage in ('issued', 'written_off')) x
