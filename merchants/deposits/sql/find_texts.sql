select distinct on (t.payment) t.payment, coalesce(t.content, ''), coalesce(t.raw, ''::bytea)
from allocation a join bank_text t on t.bucket = a.bucket and t.payment = a.payment
where a.bucket = $1::int2 and a.request = $2::uuid and t.erased_at is null
order by t.payment, (t.raw is not null and position('DbtrAcct'::bytea in t.raw) > 0) desc, t.received_at
