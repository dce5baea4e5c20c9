select distinct a.ward, a.province from place_alias a where a.folded = $1::text || '/' || $2::text limit 2
