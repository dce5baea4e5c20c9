-- past_credits: credits of an account that nobody was found for, newest first, and to whom people gave them
select x.id, x.amount, x.occurred_at, t.content, x.state <> 'done', case when x.state = 'done' and x.action in ('match', 'assign') then p.merchant end
from (select * from exception x where x.bucket = $1::int2 and x.merchant = $2::uuid order by x.id desc limit 20000) x
cross join lateral (select t.content from bank_text t where t.bucket = x.bucket and t.payment = x.subject and t.content is not null limit 1) t
left join payment p on p.bucket = x.bucket and p.id = x.subject
where x.kind = 'unreferenced' and x.account = $3::uuid order by x.id desc limit $4::int8
