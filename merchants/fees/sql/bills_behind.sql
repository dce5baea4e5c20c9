select b.id, b.request from bill b where b.bucket = $1::int2 and b.request = $2::uuid
union all
select b.id, b.request from bill_group g join bill b on b.bucket = g.bucket and b.id = g.bill where g.bucket = $1::int2 and g.request = $2::uuid
