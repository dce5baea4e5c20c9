insert into merchant (id, name, kind, live, collector, is_owner) values ($1, $2, $3::text::merchant_kind, $4, $5, $6)
