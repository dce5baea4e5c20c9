select days from complaint_term where kind = $1::text::complaint_kind and (merchant = $2::uuid or merchant is null) order by merchant nulls last limit 1
