insert into benefit_item (bucket, id, list, programme, period, code, position, round, amount, way, problem, warning)
select u.bucket, u.id, u.list, u.programme, u.period, u.code, u.position, u.round, u.amount, u.way::benefit_way, u.problem, u.warning
from each($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::int4[], $8::int2[], $9::int8[], $10::text[], $11::text[], $12::text[])
     u(id, list, programme, period, code, position, round, amount, way, problem, warning)
