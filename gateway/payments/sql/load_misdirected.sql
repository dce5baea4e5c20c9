select m.payment
from each($2::uuid[]) u(payment)
cross join lateral (select * from misdirected m where m.bucket = u.bucket and m.payment = u.payment offset 0) m
