case when i.problem <> '' then 'refused'
            when i.way = 'cash' then case when i.cash_paid then 'cash_paid' when not i.cash_paid then 'cash_not_collected' else 'cash_open' end
            when o.id is null then 'waiting'
            when o.returned_by is not null then 'returned'
            when o.status = 'succeeded' then 'paid'
            when o.status = 'failed' then 'failed'
            else 'under_way' end
