select r.id, r.name, r.legal_basis, r.percent, r.online_only, r.item, r.category, r.valid_from, r.valid_to
from fee_rule r where r.bucket = $1::int2 and r.merchant = $2::uuid order by r.id
