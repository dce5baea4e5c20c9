select gtin, id from product where gtin = any($1::text[])
