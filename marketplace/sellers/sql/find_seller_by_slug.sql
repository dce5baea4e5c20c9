select merchant, bucket, kind::text, state::text, slug, name, phone, address, commune, province, tax_code, resident, introduction, stall
from seller where slug = $1
