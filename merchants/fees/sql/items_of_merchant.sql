select i.id, i.version, i.code, i.name, i.receipt, i.amount, i.valid_from::text, coalesce(i.valid_to::text, '')
from fee_item i where i.bucket = $1::int2 and i.merchant = $2::uuid order by i.code, i.version
