-- rules_on: what is switched on, in every book
select r.bucket, r.id, r.version, r.desk, r.account, r.merchant, r.stall, r.name, r.words, r.amount_from, r.amount_to, r.state, r.maker, r.approver, r.made_at, r.looked_at
from match_rule r where r.bucket between 0 and 63 and r.state = 'on'
