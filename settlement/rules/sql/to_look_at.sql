-- to_look_at: open ones of an account behind the last that a rule has looked at, oldest first
select x.id, x.amount, t.content
from (select * from exception x where x.bucket = $1::int2 and x.merchant = $2::uuid and x.id > $4::uuid and x.id < $5::uuid order by x.id limit 1000) x
left join lateral (select t.content from bank_text t where t.bucket = x.bucket and t.payment = x.subject and t.content is not null limit 1) t
     on x.kind = 'unreferenced' and x.account = $3::uuid and x.state = 'open' and x.owner is null
order by x.id
