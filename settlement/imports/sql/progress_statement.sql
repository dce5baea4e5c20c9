-- progress_statement: how far a statement is, for who looks on
update statement set confirmed = $3::int4, posted = $4::int4, repeated = $5::int4, kept_out = $6::int4
where bucket = $1::int2 and id = $2::uuid and state = 'booking'
