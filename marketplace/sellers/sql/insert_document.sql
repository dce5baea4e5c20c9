insert into seller_document (bucket, id, seller, kind, name, sha256, content, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
