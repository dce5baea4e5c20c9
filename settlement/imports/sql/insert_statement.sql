-- insert_statement: what a file says of one account; told again, it is judged again, unless it is in the book already
insert into statement as s (bucket, id, account, file, place, opening, closing, difference, lines, first_day, last_day, proof, state, held_why, format,
                            sequence, warnings)
values ($1::int2, $2::uuid, $3::uuid, $4::uuid, $5::int4, $6::int8, $7::int8, $8::int8, $9::int4, $10::text::date, $11::text::date,
        $12::text::statement_proof, $13::text, $14::text, $15::text, $16::text, $17::text[])
on conflict (bucket, file, place) do update set state = excluded.state, held_why = excluded.held_why
    where s.bucket = $1::int2 and s.state <> 'booked'
returning s.id
