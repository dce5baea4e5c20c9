insert into api_key_merchant (api_key, merchant) select k, m from unnest($1::uuid[], $2::uuid[]) u(k, m)
