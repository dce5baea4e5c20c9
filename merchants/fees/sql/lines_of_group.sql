select g.bill, g.amount from bill_group g where g.bucket = $1::int2 and g.request = $2::uuid order by g.position
