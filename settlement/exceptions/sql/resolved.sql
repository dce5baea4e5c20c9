-- resolved: open ones whose cause is gone, or whose refund was decided elsewhere
select x.id, case
    when x.kind in ('unreferenced', 'wrong_account', 'line_without_notice') and p.status = 'reversed' then 'reversed'
    when x.kind in ('unreferenced', 'wrong_account', 'line_without_notice') and p.status = 'allocated' then 'found'
    when x.kind = 'notice_without_line' and p.status = 'reversed' then 'reversed'
    when x.kind = 'notice_without_line' and p.confirmed_at is not null then 'line_came'
    when x.kind = 'payout_unknown' and o.status in ('succeeded', 'failed') then 'bank_answered'
    when x.kind = 'chain_broken' and st.state <> 'held' then 'chain_follows'
    when f.status in ('approved', 'submitted', 'succeeded', 'unknown') then 'refund_approved'
    when f.status = 'failed' then 'refund_rejected'
    when x.state <> 'proposed' and t.taken >= p.amount then 'refunded'
    end as why
from unnest($1::int2[]) b(bucket)
cross join lateral (select * from exception x where x.bucket = b.bucket and x.state <> 'done' offset 0) x
left join payment p on p.bucket = x.bucket and p.id = x.subject
left join payout o on o.bucket = x.bucket and o.id = x.subject
left join refund f on f.bucket = x.bucket and f.id = x.target and x.action = 'refund' and x.state = 'proposed'
left join statement st on st.bucket = x.bucket and st.id = x.subject and x.kind = 'chain_broken'
left join lateral (select sum(r.amount) as taken from refund r where r.bucket = x.bucket and r.payment = x.subject and r.taken_from = 'unreferenced') t on true
where (x.kind in ('unreferenced', 'wrong_account', 'line_without_notice') and (p.status in ('reversed', 'allocated') or (x.state <> 'proposed' and t.taken >= p.amount)))
   or (x.kind = 'notice_without_line' and (p.status = 'reversed' or p.confirmed_at is not null))
   or (x.kind = 'payout_unknown' and o.status in ('succeeded', 'failed'))
   or st.state <> 'held'
   or f.status <> 'proposed'
limit 1000
