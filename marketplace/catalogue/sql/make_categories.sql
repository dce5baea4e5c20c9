insert into category (id, name, slug) select * from unnest($1::uuid[], $2::text[], $3::text[]) on conflict (slug) do nothing
