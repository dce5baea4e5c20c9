select id, name, kind, live, collector, is_owner from merchant order by id
