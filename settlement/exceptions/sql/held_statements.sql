-- held_statements: statements whose balances do not follow, hence not booked, and that no exception tells of yet
select s.bucket, s.id, s.account, coalesce(abs(s.difference), 0)::int8, coalesce(s.last_day::timestamp at time zone interval '7 hours', s.created_at), c.owner
from unnest($1::int2[]) b(bucket)
cross join lateral (select * from statement s where s.bucket = b.bucket and s.state = 'held' and s.held_why in ('proof_broken', 'chain_broken', 'totals_differ') offset 0) s
join bank_account a on a.id = s.account
join lateral (select m.id as owner from merchant m where m.collector = a.collector and m.is_owner) c on true
where not exists (select 1 from exception x where x.bucket = s.bucket and x.kind = 'chain_broken' and x.subject = s.id)
limit 1000
