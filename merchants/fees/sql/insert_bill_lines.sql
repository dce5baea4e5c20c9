insert into bill_line (bucket, bill, revision, position, item, amount, quantity, online_only, kind, name, reason, legal_basis)
select u.bucket, u.bill, u.revision, u.position, u.item, u.amount, u.quantity, u.online_only, u.kind, u.name, u.reason, u.legal_basis
from each($2::uuid[], $3::int4[], $4::int2[], $5::uuid[], $6::int8[], $7::int4[], $8::bool[], $9::text[], $10::text[], $11::text[], $12::text[])
     u(bill, revision, position, item, amount, quantity, online_only, kind, name, reason, legal_basis)
