select id, slug from category where slug = any($1::text[])
