-- statement_lines: what a statement was the first to tell, in its order
select l.place, l.booked::text, l.amount, l.payment, l.how, l.bank_ref, l.reference, l.content, l.reversal
from statement_line l where l.bucket = $1::int2 and l.statement = $2::uuid and l.place > $3::int4 order by l.place limit $4::int8
