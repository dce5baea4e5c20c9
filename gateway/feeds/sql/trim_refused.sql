-- trim_refused: the newest of those a known feed sent, and of all others apart, so that noise cannot push out evidence
delete from refused_notice n where (n.feed is null) = $1::boolean
and n.id <= (select o.id from refused_notice o where (o.feed is null) = $1::boolean order by o.id desc limit 1 offset $2::int8)
