select merchant, bucket, kind::text, state::text, slug, name, phone, address, commune, province, tax_code, resident, introduction, stall
from seller where ($1 = '' or state::text = $1) and merchant > $2 order by merchant limit $3
