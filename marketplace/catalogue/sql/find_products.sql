select id, external_id from product where bucket = $1 and seller = $2 and external_id = any($3::text[]) for update
