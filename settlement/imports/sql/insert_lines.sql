-- insert_lines: each line once for ever; one that was held gets its payment when it is booked
insert into statement_line as l (bucket, account, statement, source, line_key, place, booked, amount, reversal, payment, how, bank_ref, reference, content,
                                 other_name, other_account)
select $1::int2, $2::uuid, $3::uuid, $4::int4, u.line_key, u.place, u.booked::date, u.amount, u.reversal, u.payment, u.how, u.bank_ref, u.reference, u.content,
       u.other_name, u.other_account
from unnest($5::uuid[], $6::int4[], $7::text[], $8::int8[], $9::bool[], $10::uuid[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[])
     u(line_key, place, booked, amount, reversal, payment, how, bank_ref, reference, content, other_name, other_account)
on conflict (bucket, account, line_key) do update set payment = excluded.payment, how = excluded.how
    where l.bucket = $1::int2 and l.payment is null and excluded.payment is not null
