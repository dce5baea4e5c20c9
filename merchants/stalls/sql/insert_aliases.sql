insert into place_alias (folded, ward, province) select * from unnest($1::text[], $2::text[], $3::text[]) on conflict do nothing
