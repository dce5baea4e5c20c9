-- rules: all versions of some desks' rules
select r.bucket, r.id, r.version, r.desk, r.account, r.merchant, r.stall, r.name, r.words, r.amount_from, r.amount_to, r.state, r.maker, r.approver, r.made_at, r.looked_at
from unnest($1::int2[], $2::uuid[]) d(bucket, desk)
cross join lateral (select * from match_rule r where r.bucket = d.bucket and r.desk = d.desk offset 0) r
order by r.id desc, r.version desc
