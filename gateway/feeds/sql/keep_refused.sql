-- keep_refused
insert into refused_notice (feed, reason, remote, headers, body) values ($1::uuid, $2::text, $3::text, $4::text, $5::bytea)
